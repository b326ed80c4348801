#include "model/qlog/writer.hpp"

#include <cassert>
#include <ostream>
#include <string_view>
#include <vector>

#include "model/qlog/container.hpp"
#include "model/qlog/event_text.hpp"
#include "model/qlog/states_of_trace.hpp"

namespace tcpstep::model::qlog {

namespace {

/// Turns the events of one trace into records, one after the other, in constant memory: the
/// events' own records, and those of the states that they bring about.
class Records {
  public:
    Records(const Trace& trace, Time reference) : trace_(trace), reference_(reference) {}

    /// Calls `write(record)` for the event and for each of its inferred states. The record is
    /// valid during the call.
    template <class Write>
    void with_states(const Event& event, Write write) {
        const Inferences inferences = states_.apply(event);
        write(record_of(event, inferences.retransmission_of));
        for (const InferredChange& change : inferences.changes) {
            record_.clear();
            append_change(record_, since(event), group_id(change.connection), change);
            write(std::string_view(record_));
        }
    }

    /// The event's own record; valid until the next call.
    std::string_view record_of(const Event& event, SegmentId retransmission_of = 0) {
        record_.clear();
        append_event(record_, since(event), group_id(event.connection), event.fact,
                     retransmission_of);
        return record_;
    }

  private:
    Duration since(const Event& event) const {
        assert(event.time >= reference_);
        return event.time - reference_;
    }

    std::string_view group_id(std::optional<ConnectionIndex> connection) {
        if (!connection) return {};
        while (group_ids_.size() <= *connection) {
            group_ids_.push_back(to_string(trace_.connections()[group_ids_.size()]));
        }
        return group_ids_[*connection];
    }

    const Trace& trace_;
    Time reference_;
    StatesOfTrace states_;
    std::vector<std::string> group_ids_;  // by connection
    std::string record_;
};

}  // namespace

void write_contained(const Trace& trace, std::ostream& out) {
    const Time reference = trace.events().empty() ? Time() : trace.events().front().time;
    std::string text;
    append_contained_start(text, trace, reference);
    out << text;
    Records records(trace, reference);
    std::string_view before = "\n";
    for (const Event& event : trace.events()) {
        records.with_states(event, [&](std::string_view record) {
            out << before << record;
            before = ",\n";
        });
    }
    text.clear();
    append_contained_end(text);
    out << text;
}

struct SequentialWriter::Impl {
    const Trace& trace;
    std::ostream& out;
    States states;
    Framing framing;
    Records records;
    std::size_t written = 0;  // events of the trace

    void write(std::string_view record) {
        // RS, record and line feed go in one piece into the stream's buffer.
        if (framing == Framing::RecordSeparator) out.put(kRecordSeparator);
        out << record << '\n';
    }
};

SequentialWriter::SequentialWriter(const Trace& trace, Time reference, std::ostream& out,
                                   States states, Framing framing)
    : impl_(std::make_unique<Impl>(Impl{trace, out, states, framing, Records(trace, reference)})) {
    std::string header;
    append_sequential_header(header, trace, reference);
    impl_->write(header);
    out.flush();
}

SequentialWriter::~SequentialWriter() = default;

void SequentialWriter::write_new() {
    const std::vector<Event>& events = impl_->trace.events();
    for (; impl_->written < events.size(); ++impl_->written) {
        const Event& event = events[impl_->written];
        if (impl_->states == States::Left) {
            impl_->write(impl_->records.record_of(event));
        } else {
            impl_->records.with_states(event,
                                       [&](std::string_view record) { impl_->write(record); });
        }
    }
    impl_->out.flush();
}

}  // namespace tcpstep::model::qlog
