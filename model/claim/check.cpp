#include "model/claim/check.hpp"

#include <algorithm>

#include "model/claim/shown.hpp"

namespace tcpstep::model::claim {

namespace {

// "CLOSED SYN_SENT ESTABLISHED".
std::string names(const std::vector<State>& states) {
    std::string text;
    for (const State state : states) {
        if (!text.empty()) text += ' ';
        text += name(state);
    }
    return text;
}

Outcome decided(bool holds) {
    return holds ? Outcome::Holds : Outcome::Refuted;
}

std::optional<ConnectionIndex> index_of(unsigned connection, const Chronicle& chronicle) {
    if (chronicle.trace().connections().empty()) return std::nullopt;
    return connection - 1;
}

bool stands(Relation relation, std::int64_t left, std::int64_t right) {
    switch (relation) {
        case Relation::Equal:
            return left == right;
        case Relation::Differ:
            return left != right;
        case Relation::AtLeast:
            return left >= right;
        case Relation::AtMost:
            return left <= right;
    }
    return false;
}

struct Check {
    const Chronicle& chronicle;
    bool finished;

    Verdict undecided() const { return {finished ? Outcome::Refuted : Outcome::Open, {}, {}, {}}; }

    Verdict operator()(const InOrder& claim) const {
        Verdict verdict = undecided();
        bool ascends = true;
        bool complete = true;
        for (const Moment& moment : claim.moments) {
            const auto at = find(moment, chronicle);
            if (!at) {
                complete = false;
                continue;
            }
            // A later one has come, and this one has not or had come before.
            ascends = ascends && complete && (verdict.seen.empty() || verdict.seen.back() < *at);
            verdict.seen.push_back(*at);
        }
        if (complete || !ascends) verdict.outcome = decided(ascends);
        return verdict;
    }

    Verdict operator()(const Passes& claim) const {
        Verdict verdict = undecided();
        std::vector<State> states;
        const auto connection = index_of(claim.connection, chronicle);
        bool as_claimed = true;
        for (const StateRecord& one : chronicle.states()) {
            if (one.connection != connection || one.endpoint != claim.endpoint) continue;
            if (states.size() == claim.states.size()) break;
            as_claimed = as_claimed && one.state == claim.states[states.size()];
            states.push_back(one.state);
            verdict.seen.push_back(one.at);
            if (!as_claimed) break;
        }
        verdict.found = names(states);
        if (!as_claimed || states.size() < claim.states.size()) {
            verdict.expected = names(claim.states);
        }
        if (!as_claimed || states.size() == claim.states.size()) {
            verdict.outcome = decided(as_claimed);
        }
        return verdict;
    }

    // The kernel is asked when all is quiet: its word on the state is the first sample after the
    // moment, if the state is still the same. What it said before proves nothing of the moment.
    Verdict operator()(const StateIs& claim) const {
        Verdict verdict = undecided();
        const auto at = find(claim.at, chronicle);
        if (!at) return verdict;
        const auto connection = index_of(claim.connection, chronicle);
        const State state = chronicle.state(connection, claim.endpoint, *at);
        verdict.seen = {*at};
        verdict.found = name(state);
        if (state != claim.state) {
            verdict.expected = name(claim.state);
            verdict.outcome = Outcome::Refuted;
            return verdict;
        }
        if (const auto sample = kernels_word(claim, connection, *at)) {
            verdict.seen.push_back(*sample);
            verdict.outcome = Outcome::Holds;
        }
        return verdict;
    }

    Verdict operator()(const Never& claim) const {
        Verdict verdict = undecided();
        const auto within = bounds(claim.span, chronicle);
        if (!within) return verdict;
        for (const EventIndex at : find_all(claim.moment, chronicle)) {
            if (!within->holds(at)) continue;
            verdict.outcome = Outcome::Refuted;
            verdict.seen = {at};
            return verdict;
        }
        if (!finished && !within->last) return verdict;
        verdict.outcome = Outcome::Holds;
        if (within->first) verdict.seen.push_back(*within->first);
        if (within->last) verdict.seen.push_back(*within->last);
        if (within->first || within->last) verdict.found = none_of(claim, *within);
        return verdict;
    }

    Verdict operator()(const Compares& claim) const {
        Verdict verdict = undecided();
        const Reading left = read(claim.left, chronicle, finished);
        const Reading right = read(claim.right, chronicle, finished);
        // What is told of both stands in the order in which it was seen.
        const bool turned =
            !left.seen.empty() && !right.seen.empty() && right.seen.back() < left.seen.front();
        const Reading& first = turned ? right : left;
        const Reading& second = turned ? left : right;
        verdict.seen = first.seen;
        verdict.seen.insert(verdict.seen.end(), second.seen.begin(), second.seen.end());
        if (left.number) verdict.found = shown(claim.left, *left.number);
        if (!left.number || !right.number) return verdict;
        // What equals something is told once, and a number that the lesson names not at all.
        if (claim.relation != Relation::Equal && !right.seen.empty()) {
            const std::string other = shown(claim.right, *right.number);
            verdict.found = turned ? other + ", " + verdict.found : verdict.found + ", " + other;
        }
        std::int64_t bound = *right.number + claim.plus;
        if (is_sequence_number(claim.left)) bound = static_cast<std::uint32_t>(bound);
        const bool holds = stands(claim.relation, *left.number, bound);
        verdict.expected = shown(claim.left, bound);
        // A queue, or a count, that has grown long enough does not shrink.
        const bool reached = claim.relation == Relation::AtLeast && holds && right.settled;
        if (reached || finished || (left.settled && right.settled)) {
            verdict.outcome = decided(holds);
        }
        return verdict;
    }

    Verdict operator()(const FailsWith& claim) const {
        Verdict verdict = undecided();
        const CallRecord* call = chosen(claim.call, chronicle);
        if (call == nullptr || !call->returned) return verdict;
        const auto& returned = std::get<CallReturned>(chronicle.event(*call->returned).fact);
        verdict.seen = {call->entered, *call->returned};
        verdict.found = returned.error.empty() ? std::to_string(returned.result) : returned.error;
        verdict.expected = claim.error;
        verdict.outcome = decided(returned.error == claim.error);
        return verdict;
    }

    Verdict operator()(const Gives& claim) const {
        Verdict verdict = undecided();
        const CallRecord* call = chosen(claim.call, chronicle);
        if (call == nullptr || !call->returned) return verdict;
        const auto& returned = std::get<CallReturned>(chronicle.event(*call->returned).fact);
        verdict.seen = {*call->returned};
        verdict.found = returned.value.empty() ? returned.error : returned.value;
        verdict.expected = claim.value;
        verdict.outcome = decided(returned.value == claim.value);
        return verdict;
    }

    Verdict operator()(const ColumnIs& claim) const {
        Verdict verdict = undecided();
        verdict.expected = claim.value;
        const auto cell = find(claim.cell, chronicle);
        if (!cell) return verdict;
        verdict.seen = {*chosen(claim.cell.call, chronicle)->returned};
        verdict.found = cell->text;
        verdict.outcome = decided(cell->text == claim.value);
        return verdict;
    }

    Verdict operator()(const OctetsAre& claim) const {
        Verdict verdict = undecided();
        verdict.expected = claim.value;
        const auto segments = chosen(claim.segment, chronicle);
        if (segments.empty()) return verdict;
        verdict.seen = {segments.front()->sent};
        verdict.found = hexadecimal(octets_of(*segments.front()->segment, claim.field));
        verdict.outcome = decided(verdict.found == claim.value);
        return verdict;
    }

  private:
    // What was looked through there: the segments that the claim's own words can name, and the
    // calls that were entered.
    std::string none_of(const Never& claim, const Bounds& within) const {
        SegmentChoice every;
        if (const auto* of = std::get_if<OfSegment>(&claim.moment)) {
            every.absorbed = of->segment.absorbed;
        }
        const auto sent = find_all(OfSegment{every, Fate::Sent}, chronicle);
        const auto segments =
            std::count_if(sent.begin(), sent.end(), [&](EventIndex i) { return within.holds(i); });
        std::size_t datagrams = 0;
        std::size_t calls = 0;
        const auto& events = chronicle.trace().events();
        for (EventIndex i = 0; i < events.size(); ++i) {
            if (!within.holds(i)) continue;
            if (std::holds_alternative<DatagramSent>(events[i].fact)) ++datagrams;
            if (std::holds_alternative<CallEntered>(events[i].fact)) ++calls;
        }
        const bool udp = segments == 0 && datagrams > 0;
        return std::string(kNoneOf)
            .append(udp ? std::to_string(datagrams) : std::to_string(segments))
            .append(udp ? kNoneOfDatagrams : kNoneOfSegments)
            .append(std::to_string(calls))
            .append(kNoneOfCalls);
    }

    std::optional<EventIndex> kernels_word(const StateIs& claim,
                                           std::optional<ConnectionIndex> connection,
                                           EventIndex at) const {
        const auto& events = chronicle.trace().events();
        for (EventIndex i = at; i < events.size(); ++i) {
            if (chronicle.state(connection, claim.endpoint, i) != claim.state) break;
            const auto* sample = std::get_if<SocketSampled>(&events[i].fact);
            if (sample == nullptr || sample->endpoint != claim.endpoint) continue;
            if (events[i].connection && events[i].connection != connection) continue;
            if (sample->state == claim.state) return i;
        }
        return std::nullopt;
    }
};

// "no second SYN", of a moment that has not come; "" where that is plain.
std::string missing(const Moment& moment) {
    const auto* of = std::get_if<OfSegment>(&moment);
    if (of == nullptr) return {};
    const bool second =
        of->fate == Fate::DeliveredTwice || (of->fate == Fate::Sent && of->segment.nth == 2);
    if (!second && of->fate != Fate::Dropped) return {};
    std::string what(kDataSegment);
    if (of->segment.data != true && of->segment.flags) what = to_label(*of->segment.flags);
    return std::string(second ? kNoSecond : kNoLost) + what;
}

}  // namespace

Verdict check(const Predicate& claim, const Chronicle& chronicle, bool finished) {
    return std::visit(Check{chronicle, finished}, claim);
}

Verdict check(const Predicate& claim, const std::vector<Moment>& given, const Chronicle& chronicle,
              bool finished) {
    Verdict needed = check(InOrder{given}, chronicle, finished);
    if (needed.outcome == Outcome::Holds) {
        Verdict verdict = check(claim, chronicle, finished);
        if (verdict.outcome == Outcome::Holds && !given.empty()) {
            // By what it is about: in the order in which it was.
            verdict.seen.insert(verdict.seen.end(), needed.seen.begin(), needed.seen.end());
            std::sort(verdict.seen.begin(), verdict.seen.end());
            verdict.seen.erase(std::unique(verdict.seen.begin(), verdict.seen.end()),
                               verdict.seen.end());
        }
        return verdict;
    }
    if (needed.outcome == Outcome::Open) return needed;
    const auto absent = std::find_if(
        given.begin(), given.end(), [&](const Moment& moment) { return !find(moment, chronicle); });
    if (absent != given.end()) needed.found = missing(*absent);
    return needed;
}

}  // namespace tcpstep::model::claim
