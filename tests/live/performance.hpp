#pragma once

#include <string>
#include <vector>

#include "app/lab/lab_run.hpp"
#include "app/lesson/lesson.hpp"
#include "model/timeline.hpp"

namespace tcpstep::lab::testing {

/// The shipped lesson of that id.
lesson::Lesson shipped(const std::string& id);
/// The same over IPv6.
lesson::Lesson over_ipv6(const std::string& id);

/// What a run has told, and the words to ask it in.
struct Story {
    model::Trace trace;
    Error error;

    /// Of that connection; of what concerns all while there is none.
    model::Timeline timeline(model::ConnectionIndex connection = 0) const;
    /// "CLOSED SYN_SENT": the states an end went through, inferred.
    std::string states(model::Role role, model::ConnectionIndex connection = 0) const;
    /// "SYN_SENT ESTABLISHED": those that the kernel told of, each change once.
    std::string kernel_states(model::Role role, model::ConnectionIndex connection = 0) const;
    /// "SYN; SYN, ACK; ": every segment sent, absorbed copies left out.
    std::string flags(model::ConnectionIndex connection = 0) const;
    /// The samples that contradict the model, of all connections, as text; empty if none does.
    std::string disagreements() const;
    /// Octets that recv() gave the end.
    std::int64_t received(model::Role role) const;
    /// All of it, for a test that fails.
    std::string text() const;
};

/// A whole run, from its start to its end, by the lesson's own script.
struct Performance : Story {
    LabRun::Status status = LabRun::Status::Running;

    explicit Performance(const lesson::Lesson& lesson, LabOptions options = {});
    std::string story() const { return text(); }
};

/// A run that is stepped by hand: every segment is held, unless the options say that none is.
class SteppedRun : public Story {
  public:
    explicit SteppedRun(const lesson::Lesson& lesson, LabOptions options = {});

    /// Waits until nothing more happens by itself, or the run is over. True while it goes on.
    bool settle();
    /// Takes in what has come, without waiting; then settles.
    bool catch_up();
    /// Waits until something has come, settled or not.
    bool wait();
    LabRun::Status status() const { return status_; }
    LabRun& lab() { return *run_; }

    const model::Connection& connection(model::ConnectionIndex index = 0);
    /// The segment that is next: of the connection, or, with nothing given, the first that was sent
    /// of all, those that are held back last. 0 if none is held.
    model::SegmentId next();
    model::SegmentId next(model::ConnectionIndex connection);
    std::string next_flags();
    /// The inferred state and the kernel's, in one word if they agree: "ESTABLISHED",
    /// "SYN_RCVD (kernel: LISTEN)".
    std::string state(model::Role role);
    /// Both ends: "SYN_SENT LISTEN".
    std::string states_now() {
        return state(model::Role::Client) + " " + state(model::Role::Server);
    }
    using Story::states;
    /// "returned 0", "ECONNREFUSED", "blocked", "not called": the end's last call of that name.
    std::string call(model::Role role, const std::string& name) const;

    /// Does that to the next segment, and settles. False if the run is over then.
    bool deliver();
    bool drop();
    /// Delivers until nothing is held and the run is over, or `most` segments have gone.
    void deliver_all(int most = 100);

    void command(const GateCommand& command) { run_->command(command); }

  private:
    std::optional<LabRun> run_;
    LabRun::Status status_ = LabRun::Status::Running;
    std::vector<model::Timeline> timelines_;
};

}  // namespace tcpstep::lab::testing
