#include "model/claim/value.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "model/claim/header_field.hpp"

namespace tcpstep::model::claim {

namespace {

template <class Option>
const Option* option_of(const Segment& segment) {
    for (const TcpOption& option : segment.options) {
        if (const auto* found = std::get_if<Option>(&option)) return found;
    }
    return nullptr;
}

std::optional<std::int64_t> field_of(const Segment& segment, Field field) {
    switch (field) {
        case Field::Seq:
            return segment.seq.raw();
        case Field::Ack:
            return segment.flags.ack() ? std::optional<std::int64_t>(segment.ack.raw())
                                       : std::nullopt;
        case Field::End:
            return segment.end().raw();
        case Field::Length:
            return segment.length;
        case Field::Window:
            return segment.window;
        case Field::Mss: {
            const auto* mss = option_of<MaximumSegmentSize>(segment);
            return mss == nullptr ? std::nullopt : std::optional<std::int64_t>(mss->octets);
        }
        case Field::WindowScale: {
            const auto* scale = option_of<WindowScale>(segment);
            return scale == nullptr ? std::nullopt : std::optional<std::int64_t>(scale->shift);
        }
        case Field::SackBlocks: {
            const auto* sack = option_of<SackBlocks>(segment);
            return sack == nullptr ? 0 : static_cast<std::int64_t>(sack->blocks.size());
        }
        case Field::Psh:
            return segment.flags.psh() ? 1 : 0;
        case Field::SackPermitted:
            return option_of<SackPermitted>(segment) == nullptr ? 0 : 1;
        case Field::Timestamp: {
            const auto* times = option_of<Timestamps>(segment);
            return times == nullptr ? std::nullopt : std::optional<std::int64_t>(times->value);
        }
        case Field::TimestampEcho: {
            const auto* times = option_of<Timestamps>(segment);
            return times == nullptr ? std::nullopt : std::optional<std::int64_t>(times->echo_reply);
        }
        case Field::Nops:
            return std::count_if(
                segment.options.begin(), segment.options.end(),
                [](const TcpOption& one) { return std::holds_alternative<NoOperation>(one); });
        case Field::SourcePort:
            return number_of(octets_of(segment, HeaderField::SourcePort));
        case Field::DestinationPort:
            return number_of(octets_of(segment, HeaderField::DestinationPort));
    }
    return std::nullopt;
}

std::int64_t field_of(const SocketSampled& sample, SampledField field) {
    switch (field) {
        case SampledField::RecvQ:
            return sample.recv_q;
        case SampledField::SendQ:
            return sample.send_q;
        case SampledField::TimerMs:
            return sample.timer_ms;
        case SampledField::Retransmits:
            return sample.retransmits;
        case SampledField::RtoUs:
            return sample.rto_us;
        case SampledField::Inode:
            return sample.inode;
    }
    return 0;
}

struct Reader {
    const Chronicle& chronicle;
    bool finished;

    Reading operator()(std::int64_t number) const { return {number, true, {}}; }

    Reading operator()(const FieldOf& of) const {
        const auto segments = chosen(of.segment, chronicle);
        if (segments.empty()) return {};
        return {field_of(*segments.front()->segment, of.field), true, {segments.front()->sent}};
    }

    Reading operator()(const ResultOf& of) const {
        const CallRecord* call = chosen(of.call, chronicle);
        if (call == nullptr || !call->returned) return {};
        const auto& returned = std::get<CallReturned>(chronicle.event(*call->returned).fact);
        return {returned.result, true, {*call->returned}};
    }

    Reading operator()(const CountOf& of) const {
        const auto within = bounds(of.span, chronicle);
        if (!within) return {};
        Reading reading{0, finished || within->last.has_value(), {}};
        for (const EventIndex at : find_all(of.moment, chronicle)) {
            if (!within->holds(at)) continue;
            ++*reading.number;
            reading.seen.push_back(at);
        }
        return reading;
    }

    // From one moment to the other, or to the first after it.
    std::optional<std::pair<EventIndex, EventIndex>> between(const TimeBetween& of) const {
        const auto from = find(of.from, chronicle);
        auto until = find(of.until, chronicle);
        if (!from || !until) return std::nullopt;
        if (*until < *from) {  // an end is CLOSED at first, and comes to it again
            const auto times = find_all(of.until, chronicle);
            const auto after =
                std::find_if(times.begin(), times.end(), [&](EventIndex at) { return at > *from; });
            if (after == times.end()) return std::nullopt;
            until = *after;
        }
        return std::pair(*from, *until);
    }

    Reading operator()(const TimeBetween& of) const {
        const auto ends = between(of);
        if (!ends) return {};
        const auto time = chronicle.event(ends->second).time - chronicle.event(ends->first).time;
        return {std::chrono::floor<std::chrono::microseconds>(time).count(),
                true,
                {ends->first, ends->second}};
    }

    Reading operator()(const Shortest& of) const {
        Reading shortest{std::nullopt, true, {}};
        for (const TimeBetween& one : of.times) {
            const auto ends = between(one);
            if (!ends) return {};
            const std::int64_t time = std::chrono::nanoseconds(chronicle.event(ends->second).time -
                                                               chronicle.event(ends->first).time)
                                          .count();
            if (shortest.number && time >= *shortest.number) continue;
            shortest.number = time;
            shortest.seen = {ends->first, ends->second};
        }
        return shortest;
    }

    Reading operator()(const LongestQueue& of) const {
        const auto within = bounds(of.span, chronicle);
        if (!within) return {};
        Reading reading{std::nullopt, finished || within->last.has_value(), {}};
        const auto& events = chronicle.trace().events();
        for (EventIndex i = 0; i < events.size(); ++i) {
            const auto* sample = std::get_if<ListenerSampled>(&events[i].fact);
            if (sample == nullptr || !within->holds(i)) continue;
            const std::int64_t length =
                of.queue == Queue::Accept ? sample->accept_queue : sample->syn_queue;
            if (reading.number && length <= *reading.number) continue;
            reading.number = length;
            reading.seen = {i};
        }
        return reading;
    }

    Reading operator()(const CellOf& of) const {
        const auto cell = find(of, chronicle);
        if (!cell) return {};
        return {cell->number, true, {*chosen(of.call, chronicle)->returned}};
    }

    Reading operator()(const SampledOf& of) const {
        const auto at = find(of.at, chronicle);
        if (!at) return {};
        const auto& events = chronicle.trace().events();
        for (EventIndex i = *at + 1; i < events.size(); ++i) {
            const auto* sample = std::get_if<SocketSampled>(&events[i].fact);
            if (sample == nullptr || sample->endpoint != of.endpoint) continue;
            const auto connection = events[i].connection;
            if (connection && *connection != of.connection - 1) continue;
            return {field_of(*sample, of.field), true, {*at, i}};
        }
        return {};
    }

    Reading operator()(const LengthOf& of) const {
        const auto at = find(Moment(of.datagram), chronicle);
        if (!at) return {};
        return {std::get<DatagramSent>(chronicle.event(*at).fact).length, true, {*at}};
    }

    Reading operator()(const Connections&) const {
        return {static_cast<std::int64_t>(chronicle.trace().connections().size()), finished, {}};
    }
};

}  // namespace

Reading read(const Value& value, const Chronicle& chronicle, bool finished) {
    return std::visit(Reader{chronicle, finished}, value);
}

std::string_view unit(const Value& value) {
    const auto* sampled = std::get_if<SampledOf>(&value);
    const auto* cell = std::get_if<CellOf>(&value);
    if (sampled != nullptr && sampled->field == SampledField::TimerMs) return " s";
    if (cell != nullptr && cell->column == Column::TmWhen) return " s";
    const bool in_us = sampled != nullptr && sampled->field == SampledField::RtoUs;
    const bool is_time =
        std::holds_alternative<TimeBetween>(value) || std::holds_alternative<Shortest>(value);
    return in_us || is_time ? " µs" : "";
}

bool is_sequence_number(const Value& value) {
    const auto* of = std::get_if<FieldOf>(&value);
    return of != nullptr &&
           (of->field == Field::Seq || of->field == Field::Ack || of->field == Field::End);
}

}  // namespace tcpstep::model::claim
