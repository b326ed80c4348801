#pragma once

#include <cstdint>

#include "model/address.hpp"

namespace tcpstep::model {

/// Hashes of addresses that depend on a secret: whoever writes a capture cannot choose addresses
/// that all collide.
class AddressHash {
  public:
    /// With a secret of this process.
    AddressHash();
    explicit AddressHash(std::uint64_t secret) : secret_(secret) {}

    /// Of one end, well mixed.
    std::uint64_t of(const SocketAddress& end) const;

    /// Of a pair: the same whichever end is named first.
    std::uint32_t of_pair(const SocketAddress& one, const SocketAddress& other) const;

  private:
    std::uint64_t secret_;
};

}  // namespace tcpstep::model
