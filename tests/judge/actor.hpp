#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "model/address.hpp"
#include "tests/judge/plan.hpp"

namespace tcpstep::judge {

using Clock = std::chrono::steady_clock;

/// One end while its story is played: its socket, and what of its plan is still to be done. No call
/// waits; what each of them returned is told to the journal, and judged by nobody.
class Actor {
  public:
    using Journal = std::function<void(std::string)>;

    Actor(std::string name, const EndPlan& plan, const model::SocketAddress& local,
          const model::SocketAddress& remote, Journal journal);
    Actor(const Actor&) = delete;
    ~Actor();  ///< with a RST

    const model::SocketAddress& local() const { return local_; }
    const model::SocketAddress& remote() const { return remote_; }
    bool open() const { return fd_ >= 0; }
    bool begun() const { return open() || next_ != 0; }
    bool finished() const { return !open() || next_ == plan_->steps.size(); }
    Clock::time_point last_step() const { return due_; }

    /// connect() from its own address, or with Fast Open. Whether it began: else there is no
    /// socket.
    bool connect(const ConnectionPlan* fast_open, Clock::time_point now);
    /// It was given a socket by accept().
    void accepted(int fd, Clock::time_point now);
    /// Makes a call that is due; whether there was one.
    bool act(Clock::time_point now);
    void make(const Step& step);
    /// Reads what is there.
    void read_all();
    bool reads() const { return open() && plan_->reads; }

  private:
    bool ready();
    void end_socket(bool abort);

    std::string name_;
    const EndPlan* plan_;
    model::SocketAddress local_, remote_;
    Journal journal_;
    int fd_ = -1;
    bool connecting_ = false;
    std::size_t next_ = 0;  // step
    Clock::time_point due_;
};

}  // namespace tcpstep::judge
