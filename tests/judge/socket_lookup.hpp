#pragma once

#include <memory>
#include <optional>

#include "model/address.hpp"
#include "model/result.hpp"
#include "model/tcp_state.hpp"

struct mnl_socket;

namespace tcpstep::judge {

/// What the kernel has for one end of one connection.
struct Found {
    model::State state = model::State::Unknown;
    bool retransmitting = false;  ///< a retransmission timer runs: what it sent may come again
};

/// Asks the kernel for one socket, by its addresses (sock_diag(7), a request that is no dump): as
/// cheap as a system call, where a dump walks every table of the machine.
class SocketLookup {
  public:
    /// Of the network that the caller is in now.
    static Result<SocketLookup> open();

    /// The socket, request or time-wait entry between these two; nothing if there is none (a
    /// listener is not meant).
    std::optional<Found> find(const model::SocketAddress& local,
                              const model::SocketAddress& remote);

  private:
    struct Close {
        void operator()(mnl_socket* socket) const;
    };
    explicit SocketLookup(mnl_socket* socket) : socket_(socket) {}
    std::unique_ptr<mnl_socket, Close> socket_;
};

}  // namespace tcpstep::judge
