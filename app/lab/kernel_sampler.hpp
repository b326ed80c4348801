#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "app/lab/recorder.hpp"
#include "capture/sock_diag.hpp"
#include "model/claim/awaited.hpp"
#include "model/event.hpp"

namespace tcpstep::lab {

/// Asks sock_diag for the states of the lesson's sockets, and lets only such answers through as can
/// be compared with the model.
///
/// The kernel walks its tables while connections go on, and a segment may be captured a moment
/// before its receiver's TCP has taken it. So a look counts only if nothing happened for kQuiet
/// before it, and a second look at least kQuiet later says the same, with nothing in between.
class KernelSampler {
  public:
    static constexpr std::chrono::milliseconds kQuiet{1};
    /// Without any event the kernel still changes (timers): it is asked again this often.
    static constexpr std::chrono::milliseconds kAgain{250};

    /// TIME_WAIT is told of again this often, so that its countdown is seen to run.
    static constexpr std::chrono::seconds kCountdown{10};

    KernelSampler(capture::SockDiag diag, model::SocketAddress server);

    /// Something happened: what was seen before proves nothing any more.
    void disturb(model::Time when);

    /// When look() should be called next.
    model::Time due() const;

    /// Asks the kernel. After it the caller must look whether anything happened meanwhile, and call
    /// disturb() or confirm(). An error is the kernel's refusal.
    Result<void> look(model::Time now, const Recorder& recorder);

    struct Sample {
        model::Time time;
        std::optional<model::ConnectionIndex> connection;
        model::Fact fact;
    };
    /// The last look was undisturbed. Gives what has changed since the last confirmed samples, and
    /// what is `awaited` also if it has not, once after each disturbance.
    std::vector<Sample> confirm(const std::vector<model::claim::EndOf>& awaited);

    /// True if the kernel's state since the last disturbance is known.
    bool settled() const { return settled_; }

    /// When something happened last.
    model::Time disturbed() const { return disturbed_; }

    // What the last samples given out say:

    /// A timer runs after which the kernel itself sends something.
    bool kernel_will_send() const;
    /// An end is in TIME_WAIT: in time the kernel will close it.
    bool time_wait_runs() const;
    /// An established connection has octets in flight that its peer has not acknowledged.
    bool awaits_acknowledgment() const;

  private:
    struct Seen {
        std::optional<model::ConnectionIndex> connection;
        model::Fact fact;  // SocketSampled or ListenerSampled
        bool operator==(const Seen&) const = default;
    };
    using View = std::vector<Seen>;

    View view_of(const std::vector<capture::SocketInfo>& sockets, const Recorder& recorder) const;

    capture::SockDiag diag_;
    model::SocketAddress server_;
    model::Time disturbed_;
    model::Time looked_;
    std::optional<View> look_;      // the last look, not yet confirmed by a second one
    std::optional<View> previous_;  // the look before it
    model::Time previous_at_;
    struct Told {
        Seen seen;
        model::Time at;
    };
    std::vector<Told> told_;  // what was given out last of each
    bool settled_ = false;
};

}  // namespace tcpstep::lab
