#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/result.hpp"

namespace tcpstep::capture {

/// What this system says of namespaces. A file of /proc that does not exist gives nothing.
struct NamespaceFacts {
    std::string program;  ///< absolute path of the running program, empty if unknown
    std::optional<std::int64_t> max_user_namespaces;        ///< /proc/sys/user/
    std::optional<std::int64_t> max_net_namespaces;         ///< /proc/sys/user/
    std::optional<std::int64_t> unprivileged_userns_clone;  ///< /proc/sys/kernel/, Debian's patch
    std::optional<std::int64_t> apparmor_restrict_unprivileged_userns;  ///< /proc/sys/kernel/
    bool kernel_has_user_namespaces = true;                             ///< /proc/self/ns/user
    bool kernel_has_net_namespaces = true;                              ///< /proc/self/ns/net
    bool seccomp_filter = false;  ///< /proc/self/status, seccomp(2)
    std::int64_t threads = 1;     ///< /proc/self/status

    bool operator==(const NamespaceFacts&) const = default;
};

/// Reads them for the calling process, in the namespaces it is in.
NamespaceFacts read_namespace_facts();

/// The steps of enter_private_network(), in order.
enum class NamespaceStep : std::uint8_t {
    Unshare,     ///< unshare(CLONE_NEWUSER | CLONE_NEWNET)
    MapIds,      ///< /proc/self/setgroups, uid_map, gid_map
    LoopbackUp,  ///< ioctl(SIOCSIFFLAGS) on lo
};

/// Why a step failed with `os_errno`, and what the user can do: MachineForbids. Pure: the cases of
/// systems that are not at hand are tested with their facts.
Error explain_refusal(NamespaceStep step, int os_errno, const NamespaceFacts& facts);

/// The AppArmor profile, one line, with which Ubuntu 23.10 and later let `program` (an absolute
/// path) use user namespaces. To be put into /etc/apparmor.d/tcpstep.
std::string apparmor_profile(std::string_view program);

}  // namespace tcpstep::capture
