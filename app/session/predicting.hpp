#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "app/session/playback.hpp"
#include "model/prediction.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// Predict mode: asks about the segment that is held next, takes the answer, and compares it with
/// what the kernel then does. What was compared is appended to the trace. Off until turned on.
///
/// One question at a time: asked once the run has settled, answered or skipped when its segment is
/// delivered, told or withdrawn before the next.
class Predicting {
  public:
    /// `seed` decides what is asked; without one, when the run began does.
    explicit Predicting(std::optional<std::uint64_t> seed = std::nullopt) : seed_(seed) {}

    /// A question, and the connection that it is about.
    struct Asking {
        model::Question question;
        model::ConnectionIndex connection = 0;
        model::Timeline timeline;  ///< as it was when the question was asked, or later
        std::size_t asked_at = 0;  ///< its size then
        std::string answer;        ///< the choice that was made; "" before
    };
    /// An answer and what came of it.
    struct Verdict {
        Asking asking;
        model::Outcome outcome;  ///< Told or Withdrawn
        bool right() const { return outcome.actual == asking.answer; }
    };

    bool on() const { return on_; }
    void turn(bool on);
    /// The run is over, or another one begins, with another trace.
    void forget_run();

    /// The question that can be answered now; nullptr if there is none.
    const Asking* open() const { return asking_ && asking_->answer.empty() ? &*asking_ : nullptr; }
    /// An answer was given, and the kernel has not shown yet whether it is right.
    bool awaiting() const { return asking_ && !asking_->answer.empty(); }
    /// Of the last answer; nothing once another segment was let go.
    const std::optional<Verdict>& verdict() const { return verdict_; }

    /// `held`, in flight in that connection, is what arrives next; the run has settled.
    void look(const model::Trace& trace, model::ConnectionIndex connection,
              const model::Segment& held);
    /// Takes that one of the choices of open(); the caller delivers the segment.
    void answer(std::size_t choice);
    /// Something has happened that may change the answers: open() is asked anew by look().
    void ask_anew();
    /// Something is done to the held segment without an answer: what is open does not count.
    void skip();

    /// More events have come, or the run has settled. True if a prediction was told or withdrawn;
    /// one that was told is now the last event of `trace`.
    bool check(model::Trace& trace, bool settled);
    /// Settled, and still not told: a delayed acknowledgment may come. After a while no more. True
    /// if the question was withdrawn.
    bool give_up(Moment now);
    /// The run is over: what was not told is not told any more.
    void withdraw();
    /// When give_up() should be called next.
    std::optional<Moment> next_tick() const { return patience_; }

  private:
    bool on_ = false;
    std::optional<std::uint64_t> seed_;
    std::optional<Asking> asking_;
    std::optional<Verdict> verdict_;
    std::set<model::SegmentId> dealt_with_;  // of which nothing is asked again
    std::optional<Moment> patience_;
};

}  // namespace tcpstep::session
