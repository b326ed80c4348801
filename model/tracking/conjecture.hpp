#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "model/machine.hpp"
#include "model/tracked_change.hpp"
#include "model/tracking/underway.hpp"

namespace tcpstep::model::tracking {

/// Something that happened to an end and moved its state: a FIN was sent, the ACK of it arrived.
struct Step {
    SegmentId after = 0;  ///< it happened after this segment was captured, and before the next one
    SegmentId cause = 0;  ///< the segment that was sent or that arrived; 0 if it was none
    /// What moves the machine. Nothing: `to` is known to be the state, however it came to it.
    std::optional<On> on;
    State to = State::Unknown;
    Doubt doubt = Doubt::None;
};

/// Where an end is on its way through RFC 9293's machine.
struct Position {
    State state = State::Unknown;
    Opened opened = Opened::Either;

    bool operator==(const Position&) const = default;
};

/// The position after the step, whose `to` is asked only if it says what is known; the same if the
/// machine does not know it.
Position moved(Position from, const Step& step);

/// What an end must send before anything else, for what has arrived at it.
enum class Answer : std::uint8_t {
    None,
    SynAck,
    Ack,
    DuplicateAck,  ///< of what came beyond a gap
    ChallengeAck,  ///< RFC 5961: to a RST that may be forged
    Reset,         ///< RFC 9293 3.6.1: to data for a socket that was closed
};

/// How unlikely something is: ten times the negative natural logarithm of its probability.
using Cost = int;

/// No segment brings about more steps, whether it is sent or arrives.
inline constexpr std::size_t kMostStepsAtOnce = 6;

/// One way in which it may have gone with an end: what happened to it, in order, as far as that is
/// in question. The state follows from that by kMachine.
class Conjecture {
  public:
    static constexpr std::size_t kMostSteps = 12;

    Position position;
    Answer owes = Answer::None;
    Cost cost = 0;          ///< of all that was unlikely in it
    Cost behind = 0;        ///< by so much it is less likely than the likeliest
    SegmentId owed_to = 0;  ///< the segment that is to be answered
    SeqNum owed_seq;        ///< its sequence number
    SeqNum owed_ack;        ///< and its acknowledgment number
    Offers taken = 0;       ///< what has arrived of all that was on its way
    Offers missed = 0;      ///< what had not when it should have
    std::array<std::uint8_t, Underway::kMost> paid{};  ///< what that cost, each

    State state() const { return position.state; }
    std::span<const Step> steps() const { return std::span(steps_).first(count_); }

    /// It happened next. A step that moves nothing is not kept. Needs room().
    void add(const Step& step);
    bool room(std::size_t steps) const { return count_ + steps <= kMostSteps; }
    /// The first step is out of question.
    void drop_front();

    template <class Change>
    void for_each_step(Change change) {
        for (std::size_t i = 0; i < count_; ++i) change(steps_[i]);
    }

    /// Marks what `other`, which may also be what happened, would have otherwise. Both begin at the
    /// same position.
    void doubt_against(const Conjecture& other);

    /// The oldest offers are forgotten (Underway::forget_oldest).
    void forget_oldest();

  private:
    std::array<Step, kMostSteps> steps_;
    std::uint8_t count_ = 0;
};

/// Linux: an entry of a listener, which becomes a socket when the ACK of the SYN comes. A socket of
/// Fast Open (RFC 7413) is one from the beginning.
inline bool is_request(Position at, bool fast_open) {
    return at.state == State::SynRcvd && at.opened == Opened::Passively && !fast_open;
}

inline bool is_over(State state) {
    return state == State::Closed || state == State::Listen;
}

/// RFC 9293 3.5: both ends know each other's sequence numbers. Nor is it over.
inline bool is_synchronized(State state) {
    return !is_over(state) && state != State::Unknown && state != State::SynSent &&
           state != State::SynRcvd;
}

/// It has taken the other end's FIN.
inline bool has_taken_fin(State state) {
    return state == State::CloseWait || state == State::LastAck || state == State::Closing ||
           state == State::TimeWait;
}

/// Its own FIN was not acknowledged yet.
inline bool waits_for_ack_of_fin(State state) {
    return state == State::FinWait1 || state == State::Closing || state == State::LastAck;
}

}  // namespace tcpstep::model::tracking
