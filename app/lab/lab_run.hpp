#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/lab/gate_command.hpp"
#include "app/lab/make_call.hpp"
#include "app/lesson/lesson.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::lab {

struct LabOptions {
    std::optional<std::uint16_t> port;  ///< instead of the lesson's
    /// Every segment passes the gate; nothing: as the lesson says. Where the machine has no gate
    /// the lesson runs free, and free_reason() says why.
    std::optional<bool> gated;
    HoldPolicy hold;
    /// The lesson's own script steps; otherwise commands do.
    bool automatic = true;
    /// Nothing is absorbed: each copy that a kernel sends again is held for itself.
    bool show_retransmissions = false;
    /// The run goes on until the lesson's "patience" ends, if it has one, and checks its claims.
    bool patience = false;
    /// A free lab: the lesson's steps are not played, each call comes as a command (call()), and it
    /// runs until it is ended.
    bool by_hand = false;
    /// The program to start as a lab: this one, unless a test names another.
    std::string program = "/proc/self/exe";
};

/// A lab seen from outside: the child process that runs a lesson on real sockets, and the events
/// that come from it. The child dies with this object and, whatever happens, with the parent.
///
/// Where there are no user namespaces it starts again on the host's loopback, which works with
/// CAP_NET_RAW; host_reason() then says why.
class LabRun {
  public:
    enum class Status { Running, Finished, Failed };

    /// Starts the lab. `wake` is called, from another thread, whenever drain() has something new.
    /// MachineForbids if the process cannot be started; what the lab itself finds forbidden comes
    /// later, as Failed.
    static Result<LabRun> start(const lesson::Lesson& lesson, const LabOptions& options,
                                std::function<void()> wake = {});

    LabRun(LabRun&&) noexcept;
    LabRun& operator=(LabRun&&) noexcept;
    ~LabRun();

    /// Appends to `trace` (always the same one) what has arrived. Never blocks.
    Status drain(model::Trace& trace);

    /// As drain(), but first waits until something has arrived or the lab has ended.
    Status wait(model::Trace& trace);

    /// Why it failed: with Status::Failed. A lab that was killed says so here.
    const Error& error() const;

    /// Why the sockets live on the host's loopback; nothing in a private one.
    const std::optional<Error>& host_reason() const;

    /// Why nothing is held though it was wanted; nothing if it is. Certain once the first event has
    /// come.
    const std::optional<Error>& free_reason() const;

    /// Tells the lab what to do with what is held. Ignored if the segment has gone on meanwhile, or
    /// if the lab is over.
    void command(const GateCommand& command);

    /// Tells an actor of a free lab what to call next. In the trace the calls are entered in the
    /// order in which they were told, if each is told once the one before has been entered.
    void call(const MakeCall& call);

    /// As far as drained: every command sent has been carried out, the actors are blocked or done,
    /// the kernel was asked afterwards, and nothing more happens until a command comes or a timer
    /// of the kernel fires.
    bool settled() const;

    /// Process id of the lab; for tests, which kill it.
    int pid() const;

  private:
    struct Impl;
    explicit LabRun(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::lab
