#pragma once

#include <cstdint>
#include <optional>

#include "model/result.hpp"

namespace tcpstep::capture {

/// A user, and his group.
struct User {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    bool operator==(const User&) const = default;
};

/// The user who called sudo, by what sudo says in the environment; nothing if `uid` is not root's,
/// or nobody did. Pure: `sudo_uid` and `sudo_gid` are the variables' values, nullptr if not set.
std::optional<User> user_behind_sudo(std::uint32_t uid, const char* sudo_uid, const char* sudo_gid);

/// Gives up every privilege, for good: becomes the user behind sudo if root was that, empties all
/// sets of capabilities (bounding set as far as that is allowed), and no program that is started
/// later gets any (no_new_privs). What is open stays open. Concerns the calling thread: call it
/// while it is the only one. MachineForbids if a privilege would remain.
///
/// capabilities(7), prctl(2)
Result<void> give_up_privileges();

}  // namespace tcpstep::capture
