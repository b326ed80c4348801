#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <sys/types.h>

#include "app/lab/hands.hpp"
#include "model/address.hpp"

namespace tcpstep::lab {

/// A child that fork(2) makes of the lab, and that makes socket calls when it is told. It dies with
/// the thread that forked it, and with this object.
///
/// The lab has several threads: its child must not allocate, nor take any lock (fork(2), signal-
/// safety(7)). So it only takes requests from a socket pair, makes the call, and answers. The steps
/// that it is told to make are read where they stood when it was forked.
class ChildProcess : public Hands {
  public:
    /// `steps`, which must stay where they are, is all that it will ever do. Of the lab's
    /// descriptors the child keeps those `kept` and the standard ones; when this returns it has
    /// closed all others. `waited_for`: somebody else will call waitpid(), and until then it is a
    /// zombie. nullptr and errno if it could not be made.
    static std::unique_ptr<ChildProcess> fork(const std::vector<lesson::Step>& steps,
                                              const model::SocketAddress& server,
                                              const std::set<int>& kept, bool waited_for);

    ~ChildProcess() override;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    pid_t pid() const { return pid_; }
    model::Process process() const override { return static_cast<model::Process>(pid_); }
    std::optional<SocketEnds> ends(int fd) override;
    /// One of its steps; or exit(), which returns when the process is gone: the kernel has closed
    /// its descriptors then.
    CallResult call(const lesson::Step& step, Descriptors& descriptors) override;

  private:
    ChildProcess(pid_t pid, int channel, bool waited_for)
        : pid_(pid), channel_(channel), waited_for_(waited_for) {}
    void exit(std::int64_t status);

    pid_t pid_;
    int channel_;
    bool waited_for_;
    bool gone_ = false;
};

}  // namespace tcpstep::lab
