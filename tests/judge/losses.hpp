#pragma once

#include <set>
#include <vector>

#include "capture/decoded.hpp"
#include "tests/judge/plan.hpp"

namespace tcpstep::judge {

/// Knows which segments a story loses on purpose: the first FIN, the third ACK of the handshake...
class Losses {
  public:
    Losses(std::vector<Loss> losses, model::SocketAddress server)
        : losses_(std::move(losses)), server_(server) {}

    /// Whether this one is to be lost. Is asked of each segment, once, in the order of sending.
    bool take(const capture::Packet& packet);

  private:
    bool is(Kind kind, const capture::Packet& packet) const;

    std::vector<Loss> losses_;
    model::SocketAddress server_;
    std::set<model::SocketAddress> sent_fin_, acknowledged_;
};

}  // namespace tcpstep::judge
