#pragma once

#include <cstdint>
#include <optional>

#include "app/lab/actor.hpp"
#include "app/lab/channel.hpp"
#include "app/lab/claim_watch.hpp"
#include "app/lab/conductor.hpp"
#include "app/lab/ending.hpp"
#include "app/lab/gatekeeper.hpp"
#include "app/lab/inbox.hpp"
#include "app/lab/kernel_sampler.hpp"
#include "app/lab/progress.hpp"
#include "app/lab/recorder.hpp"
#include "app/lesson/lesson.hpp"
#include "capture/live_capture.hpp"
#include "capture/segment_gate.hpp"
#include "capture/sock_diag.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

/// What a run is made of.
struct Equipment {
    int channel;         ///< to the program
    LineReader reader;   ///< of the same channel, past the command to run
    RunCommand command;  ///< its lesson is `lesson`
    lesson::Lesson lesson;
    capture::LiveCapture capture;
    capture::SockDiag diag;
    std::optional<capture::SegmentGate> gate;  ///< nothing: the segments run free
};

/// One run of one lesson: lets both actors play, gathers what they call, what is captured and what
/// the kernel says, holds the segments, and sends all of it on as events. All in run()'s thread,
/// but for the actors' calls.
class Laboratory {
  public:
    explicit Laboratory(Equipment equipment);

    /// Returns when the lesson has ended, or the other side of the channel is gone. DoesNotHold if
    /// the lesson went otherwise than it is written. The actors' threads may still be inside their
    /// calls: the object must live until the process ends.
    Result<void> run();

  private:
    bool wait();
    Result<bool> round();
    Result<bool> obey_commands();
    Result<void> obey(const GateCommand& command);
    void obey(MakeCall call);
    Result<void> collect();
    Result<void> sample_kernel();
    bool is_quiet();
    Result<void> conduct();
    Result<bool> is_complete();
    Result<bool> is_free_run_complete();
    void check_claims(bool finished);
    void note_by_hand(const GateCommand& command);
    Result<void> finish(Result<void> result);
    bool send_events(bool quiet);

    Equipment with_;
    const lesson::Lesson& lesson_;
    Inbox inbox_;
    Progress progress_;
    Recorder recorder_;
    std::optional<Gatekeeper> keeper_;
    std::optional<Conductor> conductor_;  // where there is a keeper
    KernelSampler sampler_;
    Ending ending_;
    ClaimWatch claims_;
    Stage stage_;
    std::uint64_t lost_ = 0;
    std::optional<model::Time> actors_done_;
    std::uint64_t commands_ = 0;  // obeyed
    /// What the program was told last: that all was quiet after so many events and commands.
    std::pair<std::size_t, std::uint64_t> told_quiet_{0, 0};
    bool was_quiet_ = false;
};

}  // namespace tcpstep::lab
