#include "model/address_hash.hpp"

#include <cstring>
#include <random>

namespace tcpstep::model {

namespace {

// Any odd number with its bits well spread: this is 2^64 divided by the golden ratio.
constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15U;

// A product's upper bits depend on all bits of both factors, its lower ones do not: bring them
// down.
std::uint64_t mix(std::uint64_t bits) {
    bits *= kSpread;
    return bits ^ (bits >> 32U);
}

std::uint64_t process_secret() {
    static const std::uint64_t secret = [] {
        std::random_device random;
        return std::uint64_t{random()} << 32U | random();
    }();
    return secret;
}

std::uint64_t half(const IpAddress& ip, std::size_t at) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, ip.bytes.data() + at, sizeof bits);
    return bits;
}

}  // namespace

AddressHash::AddressHash() : secret_(process_secret()) {}

std::uint64_t AddressHash::of(const SocketAddress& end) const {
    // One word after the other: what was mixed with the secret hides how the next one changes it.
    std::uint64_t hash = mix(secret_ ^ half(end.ip, 0));
    if (end.ip.v6) hash = mix(hash ^ half(end.ip, 8));
    return mix(hash ^ (std::uint64_t{end.port} << 1U | (end.ip.v6 ? 1U : 0U)));
}

std::uint32_t AddressHash::of_pair(const SocketAddress& one, const SocketAddress& other) const {
    return static_cast<std::uint32_t>(mix(of(one) + of(other)));
}

}  // namespace tcpstep::model
