#pragma once

#include <optional>
#include <vector>

#include "model/claim/claim.hpp"

namespace tcpstep::model::claim {

/// One end of a connection; without one, of the server before a client has come.
struct EndOf {
    std::optional<ConnectionIndex> connection;
    Role endpoint = Role::Client;
    bool operator==(const EndOf&) const = default;
};

/// The ends of whose sockets the claim needs the kernel's word from now on: a moment of it has
/// come, and the kernel has told nothing since. What it then says belongs into the trace also if it
/// is what it has said before. Pure.
std::vector<EndOf> awaited(const Predicate& claim, const Chronicle& chronicle);

}  // namespace tcpstep::model::claim
