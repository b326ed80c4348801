#pragma once

#include <cstdint>
#include <span>

#include "model/result.hpp"

namespace tcpstep::capture {

/// Puts packets of ours on the wire of this network namespace, marked kGateMark (raw(7), ip(7)
/// IP_HDRINCL, ipv6(7)).
class MarkSocket {
  public:
    /// MachineForbids without CAP_NET_RAW and CAP_NET_ADMIN in the network namespace. A kernel
    /// without IPv6 is no error.
    static Result<MarkSocket> open();

    MarkSocket(MarkSocket&& other) noexcept;
    MarkSocket& operator=(MarkSocket&& other) noexcept;
    ~MarkSocket();

    /// Sends a packet that begins with an IPv4 or IPv6 header, with its checksums filled in. If it
    /// ends before its IP header says, it is made a whole one that carries less: without FIN, which
    /// would come too early. BadInput if it is no TCP segment.
    Result<void> send(std::span<const std::uint8_t> ip_packet) const;

  private:
    MarkSocket(int v4, int v6) : v4_(v4), v6_(v6) {}

    int v4_;
    int v6_;  // -1: this kernel has no IPv6
};

}  // namespace tcpstep::capture
