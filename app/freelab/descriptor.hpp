#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/address.hpp"

namespace tcpstep::freelab {

/// A descriptor that an actor has open, as far as its own calls tell.
struct Descriptor {
    enum class Kind : std::uint8_t { Fresh, Bound, Listening, Connected };

    std::string name;
    std::string socket;  ///< which one: the name of its first descriptor
    std::int64_t fd = -1;
    Kind kind = Kind::Fresh;
    std::optional<model::SocketAddress> bound;  ///< by bind(); nothing: to the lab's own address
    bool sending_is_shut = false;               ///< shutdown(SHUT_WR or SHUT_RDWR)
    bool end_was_read = false;                  ///< recv() returned 0

    bool operator==(const Descriptor&) const = default;
};

struct Made;

/// Descriptors of one socket differ in nothing but their names: dup().
bool same_socket(const Descriptor& a, const Descriptor& b);

/// Takes what the actor has open across one of its calls.
void apply(const Made& made, std::vector<Descriptor>& open);

}  // namespace tcpstep::freelab
