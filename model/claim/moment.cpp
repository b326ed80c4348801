#include "model/claim/moment.hpp"

#include <algorithm>

namespace tcpstep::model::claim {

namespace {

// Each time that the moment came.
struct Times {
    const Chronicle& chronicle;

    std::vector<EventIndex> operator()(const OfSegment& moment) const {
        std::vector<EventIndex> times;
        for (const SegmentRecord* one : chosen(moment.segment, chronicle)) {
            if (const auto at = when(*one, moment.fate)) times.push_back(*at);
        }
        std::sort(times.begin(), times.end());
        return times;
    }

    std::vector<EventIndex> operator()(const OfCall& moment) const {
        const CallRecord* call = chosen(moment, chronicle);
        if (call == nullptr) return {};
        if (!moment.returned) return {call->entered};
        return call->returned ? std::vector{*call->returned} : std::vector<EventIndex>{};
    }

    std::vector<EventIndex> operator()(const OfState& moment) const {
        std::vector<EventIndex> times;
        for (const StateRecord& one : chronicle.states()) {
            const bool here = one.connection.value_or(0) == moment.connection - 1;
            if (here && one.endpoint == moment.endpoint && one.state == moment.state) {
                times.push_back(one.at);
            }
        }
        return times;
    }

    std::vector<EventIndex> operator()(const OfDatagram& moment) const {
        return each_sent<DatagramSent>(moment.from, moment.nth);
    }

    std::vector<EventIndex> operator()(const OfIcmpError& moment) const {
        return each_sent<IcmpErrorSent>(moment.from, moment.nth);
    }

    template <class Fact>
    std::vector<EventIndex> each_sent(std::optional<Role> from, unsigned nth) const {
        std::vector<EventIndex> times;
        unsigned seen = 0;
        const auto& events = chronicle.trace().events();
        for (EventIndex i = 0; i < events.size(); ++i) {
            const auto* sent = std::get_if<Fact>(&events[i].fact);
            if (sent == nullptr || (from && *from != sent->from)) continue;
            if (nth == 0 || nth == ++seen) times.push_back(i);
        }
        return times;
    }
};

}  // namespace

std::vector<const SegmentRecord*> chosen(const SegmentChoice& choice, const Chronicle& chronicle) {
    std::vector<const SegmentRecord*> segments;
    unsigned seen = 0;
    for (const SegmentRecord& one : chronicle.segments()) {
        const bool counts = !one.extra || (choice.absorbed && one.absorbed);
        if (!counts || !describes(choice, *one.segment, one.connection, one.again)) continue;
        if (choice.nth == 0 || choice.nth == ++seen) segments.push_back(&one);
    }
    return segments;
}

const CallRecord* chosen(const OfCall& call, const Chronicle& chronicle) {
    unsigned seen = 0;
    for (const CallRecord& one : chronicle.calls()) {
        if (one.actor != call.actor || one.child != call.child) continue;
        if (++seen == call.nth) return &one;
    }
    return nullptr;
}

std::optional<EventIndex> when(const SegmentRecord& segment, Fate fate) {
    switch (fate) {
        case Fate::Sent:
            return segment.sent;
        case Fate::Held:
            return segment.held;
        case Fate::Delivered:
            return segment.delivered;
        case Fate::Dropped:
            return segment.dropped;
        case Fate::DeliveredTwice:
            return segment.delivered_twice;
    }
    return std::nullopt;
}

std::vector<EventIndex> find_all(const Moment& moment, const Chronicle& chronicle) {
    return std::visit(Times{chronicle}, moment);
}

std::optional<EventIndex> find(const Moment& moment, const Chronicle& chronicle) {
    const auto times = find_all(moment, chronicle);
    return times.empty() ? std::nullopt : std::optional(times.front());
}

}  // namespace tcpstep::model::claim
