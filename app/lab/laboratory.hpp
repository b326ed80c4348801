#pragma once

#include <cstdint>
#include <optional>

#include "app/lab/actor.hpp"
#include "app/lab/inbox.hpp"
#include "app/lab/kernel_sampler.hpp"
#include "app/lab/progress.hpp"
#include "app/lab/recorder.hpp"
#include "app/lesson/lesson.hpp"
#include "capture/live_capture.hpp"
#include "capture/sock_diag.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

/// One run of one lesson: lets both actors play, gathers what they call, what is captured and what
/// the kernel says, and sends it on as events. All in run()'s thread, but for the actors' calls.
class Laboratory {
  public:
    /// The events go to `channel`; `network` is where this process is.
    Laboratory(int channel, lesson::Lesson lesson, Network network, capture::LiveCapture capture,
               capture::SockDiag diag);

    /// Returns when the lesson has ended, or the other side of the channel is gone. DoesNotHold if
    /// the lesson went otherwise than it is written. The actors' threads may still be inside their
    /// calls: the object must live until the process ends.
    Result<void> run();

  private:
    bool wait();
    Result<void> collect();
    Result<void> sample_kernel();
    Result<bool> is_complete();
    Result<void> finish(Result<void> result);
    bool send_events();

    int channel_;
    lesson::Lesson lesson_;
    capture::LiveCapture capture_;
    Inbox inbox_;
    Progress progress_;
    Recorder recorder_;
    KernelSampler sampler_;
    Stage stage_;
    std::uint64_t lost_ = 0;
    std::optional<model::Time> actors_done_;
};

}  // namespace tcpstep::lab
