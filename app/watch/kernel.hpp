#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "capture/sock_diag.hpp"
#include "model/address.hpp"
#include "model/event.hpp"
#include "model/result.hpp"

namespace tcpstep::watch {

/// What the kernel says of the sockets of this network namespace, one at a time.
class Kernel {
  public:
    /// MachineForbids where sock_diag cannot be asked.
    static Result<Kernel> open();

    /// Of the end `local` of a connection that was seen on that interface: its socket as a sample,
    /// CLOSED if there is none (LISTEN, if nothing else was told of it and there is a listener).
    /// Nothing if that end is on another machine, or in another network namespace.
    Result<std::optional<model::SocketSampled>> ask(const model::SocketAddress& local,
                                                    const model::SocketAddress& remote,
                                                    std::uint32_t interface, model::Role role,
                                                    model::State told);

  private:
    explicit Kernel(capture::SockDiag diag) : diag_(std::move(diag)) {}
    bool is_here(const model::IpAddress& address);

    capture::SockDiag diag_;
    std::set<model::IpAddress> addresses_;  // of this machine
    std::chrono::steady_clock::time_point looked_;
};

}  // namespace tcpstep::watch
