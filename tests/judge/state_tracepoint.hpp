#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/address.hpp"
#include "model/result.hpp"
#include "model/tcp_state.hpp"
#include "model/time.hpp"

namespace tcpstep::judge {

/// One call of the kernel's inet_sk_state_store(): a socket went from one state to another.
struct StateEvent {
    model::Time time;  ///< CLOCK_REALTIME, as captures have it
    model::SocketAddress local;
    model::SocketAddress remote;
    model::State from = model::State::Unknown;
    model::State to = model::State::Unknown;
};

/// The tracepoint sock:inet_sock_set_state of the whole machine (perf_event_open(2)). It tells
/// nothing of requests (SYN_RCVD of a listener's child to be) nor of what becomes of a connection
/// that has only a "time-wait" entry left (TIME_WAIT, and FIN_WAIT_2 of a closed socket).
class StateTracepoint {
  public:
    /// Only the machine's root may, and only before it enters a private network. MachineForbids
    /// for everybody else, and where the kernel has no tracefs.
    static Result<StateTracepoint> open();

    StateTracepoint(StateTracepoint&&) noexcept;
    StateTracepoint& operator=(StateTracepoint&&) noexcept;
    ~StateTracepoint();

    /// What happened since, of all networks of the machine, in the order of time.
    std::vector<StateEvent> drain();

    /// Events that did not fit, since open(): then the truth has holes.
    std::uint64_t lost() const;

  private:
    struct Impl;
    explicit StateTracepoint(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::judge
