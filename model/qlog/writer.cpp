#include "model/qlog/writer.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <ostream>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/qlog/container.hpp"
#include "model/qlog/event_text.hpp"
#include "model/qlog/states_of_trace.hpp"
#include "model/qlog/unknown_members.hpp"
#include "model/tracked_states.hpp"

namespace tcpstep::model::qlog {

namespace {

/// Turns events into records, one after the other, in constant memory: the events' own records, and
/// those of the states that they bring about.
class Records {
  public:
    using NameOf = std::function<ConnectionId(ConnectionIndex)>;

    /// `unknown` is what the records of the events had besides when they were read.
    Records(Time reference, NameOf name_of, const UnknownMembers* unknown = nullptr,
            StatesOfTrace states = StatesOfTrace())
        : reference_(reference),
          name_of_(std::move(name_of)),
          unknown_(unknown),
          states_(std::move(states)) {}

    /// Calls `write(record)` for the event and for each of its inferred states. The record is
    /// valid during the call.
    template <class Write>
    void with_states(const Event& event, Write write) {
        const Inferences inferences = states_.apply(event);
        RecordPlace place{events_++, 0};
        record_of(event, inferences.retransmission_of);
        write(completed(place));
        for (const InferredChange& change : inferences.changes) {
            record_.clear();
            append_change(record_, since(event), group_id(change.connection), change);
            ++place.state;
            write(completed(place));
        }
    }

    /// The event's own record; valid until the next call.
    std::string_view record_of(const Event& event, SegmentId retransmission_of = 0) {
        record_.clear();
        append_event(record_, since(event), group_id(event.connection), event.fact,
                     retransmission_of);
        return record_;
    }

    /// No event of that connection comes any more.
    void forget(ConnectionIndex connection) {
        states_.forget(connection);
        group_ids_.erase(connection);
    }

  private:
    std::string_view completed(RecordPlace place) {
        if (unknown_ == nullptr) return record_;
        if (const auto* members = unknown_->of(place)) record_ = with_unknown(record_, *members);
        return record_;
    }

    Duration since(const Event& event) const {
        assert(event.time >= reference_);
        return event.time - reference_;
    }

    std::string_view group_id(std::optional<ConnectionIndex> connection) {
        if (!connection) return {};
        std::string& id = group_ids_[*connection];
        if (id.empty()) id = to_string(name_of_(*connection));
        return id;
    }

    Time reference_;
    NameOf name_of_;
    const UnknownMembers* unknown_;
    std::size_t events_ = 0;
    StatesOfTrace states_;
    std::unordered_map<ConnectionIndex, std::string> group_ids_;
    std::string record_;
};

Records::NameOf names_of(const Trace& trace) {
    return [&trace](ConnectionIndex connection) { return trace.connections()[connection]; };
}

Header header_of(const Trace& trace, Time reference) {
    return {trace.title, trace.description, is_capture(trace), reference, &trace.unknown.header};
}

/// Of captured connections as they are known while the file is written.
StatesOfTrace as_it_goes(const Records::NameOf& name_of) {
    return StatesOfTrace::as_it_goes([name_of](ConnectionIndex connection) {
        const ConnectionId id = name_of(connection);
        return id.client == id.server;
    });
}

/// A contained file, from its first octet to its last.
class ContainedFile {
  public:
    ContainedFile(std::ostream& out, const Header& header, Records::NameOf name_of,
                  StatesOfTrace::Hindsight hindsight, const UnknownMembers* unknown = nullptr)
        : out_(out),
          frame_(contained_frame(header)),
          records_(header.reference, std::move(name_of), unknown,
                   StatesOfTrace(std::move(hindsight))) {
        out_ << frame_.start;
    }

    void write(const Event& event) {
        records_.with_states(event, [this](std::string_view record) {
            out_ << before_ << record;
            before_ = ",\n";
        });
    }

    void forget(ConnectionIndex connection) { records_.forget(connection); }

    void finish() { out_ << frame_.end; }

  private:
    std::ostream& out_;
    Frame frame_;
    Records records_;
    std::string_view before_ = "\n";
};

}  // namespace

void write_contained(const Trace& trace, std::ostream& out) {
    ContainedFile file(out, header_of(trace, trace.zero()), names_of(trace), hindsight_of(trace),
                       &trace.unknown);
    for (const Event& event : trace.events()) file.write(event);
    file.finish();
}

void write_contained(const Observation& observation, const CaptureTitle& title, std::ostream& out) {
    const SegmentId segments = observation.segments();
    Time last = segments == 0 ? Time() : observation.time(1);
    ContainedFile file(
        out, {title.title, title.description, true, last},
        [&](ConnectionIndex connection) { return observation.connection(connection).id; },
        [&](ConnectionIndex connection) { return observation.changes(connection); });
    for (SegmentId id = 1; id <= segments; ++id) {
        Event event = observation.event(id);
        // A capture's clock may go back, a trace's must not.
        last = event.time = std::max(event.time, last);
        file.write(event);
        if (observation.connection(*event.connection).last == id) file.forget(*event.connection);
    }
    file.finish();
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
    : impl_(std::make_unique<Impl>(
          Impl{trace, out, states, framing,
               Records(reference, names_of(trace), &trace.unknown, as_it_goes(names_of(trace)))})) {
    impl_->write(sequential_header(header_of(trace, reference)));
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

struct StreamWriter::Impl {
    std::ostream& out;
    Records records;
};

StreamWriter::StreamWriter(const CaptureTitle& title, Time reference, NameOf name_of,
                           std::ostream& out) {
    StatesOfTrace states = as_it_goes(name_of);
    impl_ = std::make_unique<Impl>(
        Impl{out, Records(reference, std::move(name_of), nullptr, std::move(states))});
    out << kRecordSeparator
        << sequential_header({title.title, title.description, true, reference, nullptr}) << '\n';
}

StreamWriter::~StreamWriter() = default;

void StreamWriter::write(const Event& event) {
    impl_->records.with_states(event, [this](std::string_view record) {
        impl_->out << kRecordSeparator << record << '\n';
    });
}

void StreamWriter::forget(ConnectionIndex connection) {
    impl_->records.forget(connection);
}

}  // namespace tcpstep::model::qlog
