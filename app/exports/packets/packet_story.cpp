#include "app/exports/packets/packet_story.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "model/qlog/states_of_trace.hpp"

namespace tcpstep::exports::packets {

using namespace model;

namespace {

using Fate = PacketStory::Fate;

constexpr std::array kRoles = {Role::Client, Role::Server};

// A segment like that is the call's doing; one that is sent while a call waits need not be.
bool is_doing_of(std::string_view call, const Segment& segment) {
    if (call == "connect") return segment.flags.opens();
    if (call == "send") return segment.length > 0;
    const bool ends = call == "close" || call == "shutdown" || call == "exit";
    return ends && (segment.flags.fin() || segment.flags.rst());
}

class Gatherer {
  public:
    Gatherer(const Trace& trace, std::optional<ConnectionIndex> wanted)
        : trace_(trace), wanted_(wanted), inferred_(qlog::hindsight_of(trace)) {}

    std::vector<PacketStory> gather() {
        for (event_ = 0; event_ < trace_.events().size(); ++event_) take(trace_.events()[event_]);
        return std::move(stories_);
    }

  private:
    using States = std::array<State, 2>;
    struct Arrival {
        std::size_t story;
        std::size_t event;
    };
    struct Unread {
        std::size_t story;
        const DatagramSent* datagram;
    };
    using Arrivals = std::array<std::optional<Arrival>, 2>;

    static constexpr std::size_t at(Role role) { return role == Role::Client ? 0 : 1; }

    // A connection begins with the states that are common to all until then.
    States& states_of(std::optional<ConnectionIndex> connection) {
        return connection ? states_.try_emplace(*connection, common_).first->second : common_;
    }

    void take(const Event& event) {
        const States before = states_of(event.connection);
        begun_.reset();
        std::visit([&](const auto& fact) { meet(event, fact); }, event.fact);
        const qlog::Inferences told = inferred_.apply(event);
        for (const qlog::InferredChange& change : told.changes) {
            states_of(change.connection)[at(change.endpoint)] = change.to;
            const auto* of = std::get_if<qlog::Trigger::OfSegment>(&change.trigger.about);
            if (of != nullptr) note(of->id, change);
        }
        if (!begun_) return;
        PacketStory& story = stories_[*begun_];
        if (told.retransmission_of != 0) story.original = told.retransmission_of;
        const States& after = states_of(event.connection);
        for (const Role role : kRoles) {
            if (!story.end(role).moved) story.end(role) = {before[at(role)], after[at(role)]};
        }
    }

    // A state that a segment brought about; of a capture it may be told later.
    void note(SegmentId id, const qlog::InferredChange& change) {
        PacketStory* story = of_segment(id);
        if (story == nullptr) return;
        PacketStory::End& end = story->end(change.endpoint);
        // Where it shows in which state an end was, that is the one from which it moves it.
        if (!end.moved || end.before == State::Unknown) end.before = change.from;
        end.after = change.to;
        end.moved = true;
        end.assumed = change.assumed;
    }

    PacketStory* of_segment(SegmentId id) {
        const auto found = by_segment_.find(id);
        return found == by_segment_.end() ? nullptr : &stories_[found->second];
    }

    PacketStory* begin(const Event& event, SegmentId id, Role from) {
        if (wanted_ && event.connection != wanted_) return nullptr;
        begun_ = stories_.size();
        if (id != 0) by_segment_[id] = *begun_;
        PacketStory& story = stories_.emplace_back();
        story.event = event_;
        story.segment = id;
        story.from = from;
        return &story;
    }

    void arrive(const Event& event, const PacketStory& story) {
        const Arrival arrival{static_cast<std::size_t>(&story - stories_.data()), event_};
        const std::size_t to = at(peer(story.from));
        latest_[to] = arrival;
        if (event.connection) arrivals_[*event.connection][to] = arrival;
    }

    // By the latest call of that end that has not returned and can have done it.
    template <class Does>
    std::optional<std::size_t> call_of(const Event& event, Role role, Does does) const {
        std::optional<std::size_t> found;
        for (const auto& [id, index] : open_) {
            const Event& entered = trace_.events()[index];
            const auto& call = std::get<CallEntered>(entered.fact);
            const bool other = entered.connection && entered.connection != event.connection;
            if (!other && call.endpoint == role && does(call.call)) found = index;
        }
        return found;
    }

    void meet(const Event&, const Scenario& scenario) { gated_ = scenario.gated; }
    void meet(const Event& event, const SegmentSent& sent) {
        const Segment& segment = sent.segment;
        PacketStory* story = begin(event, segment.id, segment.from);
        if (story == nullptr) return;
        story->original = sent.copy_of;
        story->absorbed = sent.copy_of != 0;
        if (!story->absorbed) {
            story->sent_by = call_of(event, segment.from, [&](std::string_view call) {
                return is_doing_of(call, segment);
            });
        }
        if (gated_) {
            story->fate = Fate::InFlight;
        } else {
            arrive(event, *story);
        }
    }
    void meet(const Event& event, const SegmentInjected& injected) {
        put_in_flight(event, injected.segment.id, injected.segment.from);
    }
    void meet(const Event& event, const SegmentDuplicated& duplicated) {
        const PacketStory* original = of_segment(duplicated.id);
        if (original == nullptr) return;
        const Role from = original->from;
        PacketStory* copy = put_in_flight(event, duplicated.copy, from);
        if (copy != nullptr) copy->original = duplicated.id;
    }
    PacketStory* put_in_flight(const Event& event, SegmentId id, Role from) {
        PacketStory* story = begin(event, id, from);
        if (story == nullptr) return nullptr;
        story->fate = Fate::InFlight;
        story->held_at = event.time;
        return story;
    }
    void meet(const Event& event, const SegmentHeld& held) {
        PacketStory* story = of_segment(held.id);
        if (story != nullptr && !story->held_at) story->held_at = event.time;
    }
    void meet(const Event& event, const SegmentDelivered& delivered) {
        PacketStory* story = of_segment(delivered.id);
        if (story == nullptr) return;
        story->fate = Fate::Delivered;
        story->landed = event.time;
        const State met = states_of(event.connection)[at(peer(story->from))];
        story->end(peer(story->from)) = {met, met};
        arrive(event, *story);
    }
    void meet(const Event& event, const SegmentDropped& dropped) {
        PacketStory* story = of_segment(dropped.id);
        if (story == nullptr) return;
        story->fate = Fate::Dropped;
        story->landed = event.time;
    }
    void meet(const Event& event, const DatagramSent& sent) {
        PacketStory* story = begin(event, 0, sent.from);
        if (story == nullptr) return;
        story->sent_by = call_of(event, sent.from, [](std::string_view call) {
            return call == "sendto" || call == "send";
        });
        unread_.push_back({*begun_, &sent});
        arrive(event, *story);
    }
    void meet(const Event& event, const IcmpErrorSent& error) {
        if (const PacketStory* story = begin(event, 0, error.from)) arrive(event, *story);
    }
    void meet(const Event&, const CallEntered& call) { open_[call.id] = event_; }
    void meet(const Event& event, const CallReturned& call) {
        const auto open = open_.find(call.id);
        if (open == open_.end()) return;
        const std::size_t entered = open->second;
        open_.erase(open);
        if (PacketStory* read = read_by(call)) return read->call_backs.push_back(event_);
        const Arrivals& arrivals = event.connection ? arrivals_[*event.connection] : latest_;
        const auto& arrival = arrivals[at(call.endpoint)];
        if (!arrival || arrival->event < entered || !waits(call.call)) return;
        stories_[arrival->story].call_backs.push_back(event_);
    }
    // The datagram that a call gave: each gives one, in the order in which they came to its socket,
    // whether it waited for that or not. nullptr if it gave none.
    PacketStory* read_by(const CallReturned& call) {
        const bool reads = call.call == "recvfrom" || call.call == "recv" || call.call == "read";
        if (!reads || !call.error.empty()) return nullptr;
        const auto length =
            call.datagram_length > 0 ? std::int64_t{call.datagram_length} : call.result;
        const auto found = std::find_if(unread_.begin(), unread_.end(), [&](const Unread& one) {
            return one.datagram->from != call.endpoint && one.datagram->length == length &&
                   (call.address.empty() || call.address == to_string(one.datagram->source));
        });
        if (found == unread_.end()) return nullptr;
        PacketStory* story = &stories_[found->story];
        unread_.erase(found);
        return story;
    }
    template <class Other>
    void meet(const Event&, const Other&) {}

    // Without the gate an answer may arrive while send() is still on its way back.
    bool waits(std::string_view call) const {
        return call == "connect" || call == "accept" || call == "recv" || call == "recvfrom" ||
               (call == "send" && gated_);
    }

    const Trace& trace_;
    std::optional<ConnectionIndex> wanted_;
    qlog::StatesOfTrace inferred_;
    std::vector<PacketStory> stories_;
    std::size_t event_ = 0;
    std::optional<std::size_t> begun_;  // the story that the event begins
    std::unordered_map<SegmentId, std::size_t> by_segment_;
    States common_{};
    std::unordered_map<ConnectionIndex, States> states_;
    std::map<CallId, std::size_t> open_;  // events of the calls that have not returned
    std::unordered_map<ConnectionIndex, Arrivals> arrivals_;
    Arrivals latest_;             // of any connection, or none
    std::vector<Unread> unread_;  // datagrams that no call has given yet
    bool gated_ = false;
};

}  // namespace

std::vector<PacketStory> packet_stories(const Trace& trace,
                                        std::optional<ConnectionIndex> connection) {
    return Gatherer(trace, connection).gather();
}

}  // namespace tcpstep::exports::packets
