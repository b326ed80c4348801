#include "model/prediction.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::model {

namespace {

constexpr std::size_t kMostChoices = 4;

// A sequence of numbers that the seed determines (splitmix64).
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}

    std::size_t below(std::size_t limit) {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<std::size_t>((z ^ (z >> 31)) % limit);
    }

    template <class Value>
    void shuffle(std::vector<Value>& values) {
        for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
    }

  private:
    std::uint64_t state_;
};

// Keeps what is not there yet, up to kMostChoices.
void offer(std::vector<std::string>& choices, std::string choice) {
    const bool known = std::find(choices.begin(), choices.end(), choice) != choices.end();
    if (!known && choices.size() < kMostChoices) choices.push_back(std::move(choice));
}

bool is_arrival(On on) {
    return on == On::RcvSyn || on == On::RcvSynAck || on == On::RcvAckOfSyn || on == On::RcvFin ||
           on == On::RcvAckOfFin || on == On::RcvRst;
}

// The states next to `state` in the machine: first those where an arriving segment leads.
void offer_neighbours(std::vector<std::string>& choices, State state) {
    for (const bool arrivals : {true, false}) {
        for (const Transition& edge : kMachine) {
            if (edge.from == state && is_arrival(edge.on) == arrivals)
                offer(choices, std::string(name(edge.to)));
        }
    }
}

Endpoint expected(const Connection& connection, const Segment& segment) {
    Connection after = connection;
    apply(after, {Time(), std::nullopt, SegmentDelivered{segment.id}});
    return after.end(peer(segment.from));
}

std::vector<std::string> states(const Connection& connection, const Segment& segment) {
    const State now = connection.end(peer(segment.from)).state();
    const State next = expected(connection, segment).state();
    std::vector<std::string> choices;
    offer(choices, std::string(name(next)));
    offer(choices, std::string(name(now)));
    offer_neighbours(choices, now);
    offer_neighbours(choices, next);
    return choices;
}

std::string number(SeqNum seq) {
    return std::to_string(seq.raw());
}

// What a student may take for the next expected octet: the segment's own number, the one without
// what SYN and FIN take, one too many, what was expected before.
std::vector<std::string> acknowledgments(const Connection& connection, const Segment& segment) {
    const auto before = connection.end(peer(segment.from)).rcv_nxt();
    const auto after = expected(connection, segment).rcv_nxt();
    std::vector<std::string> choices;
    offer(choices, number(after.value_or(segment.end())));
    offer(choices, number(segment.seq + segment.length));
    offer(choices, number(segment.end()));
    offer(choices, number(segment.seq));
    offer(choices, number(segment.end() + 1));
    if (before) offer(choices, number(*before));
    return choices;
}

std::string call_choice(Role role, std::string_view call) {
    return std::string(name(role)) + " " + std::string(call);
}

std::vector<std::string> blocked_calls(const Connection& connection) {
    std::vector<std::string> choices;
    for (const OpenCall& open : connection.open_calls) {
        if (choices.size() + 1 < kMostChoices)
            offer(choices, call_choice(open.call.endpoint, open.call.call));
    }
    offer(choices, std::string(kNoCall));
    return choices;
}

// In ESTABLISHED only SYN, FIN and RST say something about the state: data and its
// acknowledgments leave it as it is, always. What meets no socket has no state that the kernel
// could tell.
bool state_can_move(const Endpoint& receiver, const Segment& segment) {
    const State state = receiver.state();
    if (state == State::Unknown || state == State::Closed) return false;
    const Flags flags = segment.flags;
    return flags.syn() || flags.fin() || flags.rst() || state != State::Established;
}

std::vector<Asked> fitting(const Connection& connection, const Segment& segment) {
    std::vector<Asked> kinds;
    if (state_can_move(connection.end(peer(segment.from)), segment))
        kinds.push_back(Asked::NextState);
    // RFC 9293 3.10.7: what takes no sequence space is not acknowledged.
    if (segment.sequence_length() > 0 && !segment.flags.rst()) kinds.push_back(Asked::AckNumber);
    if (!connection.open_calls.empty()) kinds.push_back(Asked::CallReturns);
    return kinds;
}

std::vector<std::string> choices_for(Asked asked, const Connection& connection,
                                     const Segment& segment) {
    switch (asked) {
        case Asked::NextState:
            return states(connection, segment);
        case Asked::AckNumber:
            return acknowledgments(connection, segment);
        case Asked::CallReturns:
            return blocked_calls(connection);
    }
    return {};
}

Outcome awaited() {
    return {};
}

Outcome withdrawn() {
    return {Outcome::Kind::Withdrawn, {}, 0};
}

Outcome told(const Question& question, std::string actual, std::size_t evidence) {
    const auto& choices = question.choices;
    // What was not to be chosen cannot have been foreseen.
    if (std::find(choices.begin(), choices.end(), actual) == choices.end()) return withdrawn();
    return {Outcome::Kind::Told, std::move(actual), evidence};
}

// The state in which the delivery left the receiver, if the kernel agrees with all that followed.
Outcome state_after(const Question& question, const Timeline& timeline, std::size_t delivered) {
    for (std::size_t i = delivered + 1; i < timeline.size(); ++i) {
        if (timeline.effects(i).disagreement) return withdrawn();
    }
    const Connection& now = timeline.at(timeline.size());
    if (now.end(question.endpoint).agreement() != Agreement::Agrees) return withdrawn();
    const State state = timeline.at(delivered + 1).end(question.endpoint).state();
    return told(question, std::string(name(state)), delivered);
}

// The next segment of the receiver that acknowledges, unless another one reached it before.
Outcome answer_after(const Question& question, const Timeline& timeline, std::size_t delivered) {
    for (std::size_t i = delivered + 1; i < timeline.size(); ++i) {
        const Fact& fact = timeline.event(i).fact;
        if (const auto* other = std::get_if<SegmentDelivered>(&fact)) {
            const Segment* segment = timeline.segment(other->id);
            if (segment != nullptr && segment->from != question.endpoint) return withdrawn();
        }
        const auto* sent = std::get_if<SegmentSent>(&fact);
        if (sent == nullptr || sent->segment.from != question.endpoint || sent->copy_of != 0)
            continue;
        if (!sent->segment.flags.ack()) return withdrawn();
        return told(question, number(sent->segment.ack), i);
    }
    return awaited();
}

Outcome return_after(const Question& question, const Timeline& timeline, std::size_t delivered) {
    for (std::size_t i = delivered + 1; i < timeline.size(); ++i) {
        const auto* returned = std::get_if<CallReturned>(&timeline.event(i).fact);
        if (returned == nullptr) continue;
        const auto& blocked = question.blocked;
        if (std::find(blocked.begin(), blocked.end(), returned->id) != blocked.end())
            return told(question, call_choice(returned->endpoint, returned->call), i);
    }
    return told(question, std::string(kNoCall), delivered);
}

}  // namespace

std::optional<Question> ask(const Connection& connection, const Segment& segment,
                            std::uint64_t seed) {
    const std::vector<Asked> kinds = fitting(connection, segment);
    if (kinds.empty()) return std::nullopt;
    Draw draw(seed ^ (std::uint64_t{segment.id} << 32));
    Question question;
    question.segment = segment.id;
    question.endpoint = peer(segment.from);
    question.asked = kinds[draw.below(kinds.size())];
    question.state = connection.end(question.endpoint).state();
    question.choices = choices_for(question.asked, connection, segment);
    draw.shuffle(question.choices);
    if (question.asked == Asked::CallReturns) {
        for (const OpenCall& open : connection.open_calls) question.blocked.push_back(open.call.id);
    }
    return question;
}

Outcome outcome_of(const Question& question, const Timeline& timeline, std::size_t asked_at,
                   bool settled) {
    std::optional<std::size_t> delivered;
    for (std::size_t i = asked_at; i < timeline.size() && !delivered; ++i) {
        const Fact& fact = timeline.event(i).fact;
        if (const auto* dropped = std::get_if<SegmentDropped>(&fact)) {
            if (dropped->id == question.segment) return withdrawn();
        } else if (const auto* arrived = std::get_if<SegmentDelivered>(&fact)) {
            if (arrived->id == question.segment) delivered = i;
        }
    }
    if (!delivered) return awaited();
    if (question.asked == Asked::AckNumber) return answer_after(question, timeline, *delivered);
    if (!settled) return awaited();
    return question.asked == Asked::NextState ? state_after(question, timeline, *delivered)
                                              : return_after(question, timeline, *delivered);
}

Score score_of(const Trace& trace) {
    Score score;
    for (const Event& event : trace.events()) {
        const auto* checked = std::get_if<PredictionChecked>(&event.fact);
        if (checked == nullptr) continue;
        ++score.asked;
        if (checked->right()) ++score.right;
    }
    return score;
}

}  // namespace tcpstep::model
