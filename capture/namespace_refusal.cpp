#include "capture/namespace_refusal.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace tcpstep::capture {

namespace {

std::optional<std::int64_t> number_in(const char* path) {
    std::ifstream file(path);
    std::int64_t value = 0;
    if (file >> value) return value;
    return std::nullopt;
}

// The number behind `field` in /proc/self/status: "Threads:\t1".
std::optional<std::int64_t> status_of_this_process(std::string_view field) {
    std::ifstream file("/proc/self/status");
    std::string word;
    while (file >> word) {
        std::int64_t value = 0;
        if (word == field && file >> value) return value;
        file.ignore(4096, '\n');
    }
    return std::nullopt;
}

std::string_view attempted(NamespaceStep step) {
    switch (step) {
        case NamespaceStep::Unshare:
            return "unshare";
        case NamespaceStep::MapIds:
            return "mapping the user into its namespace";
        case NamespaceStep::LoopbackUp:
            return "bringing lo up";
    }
    return "";
}

struct Cause {
    std::string why;
    std::string remedy;
};

Cause no_room(const NamespaceFacts& facts) {
    if (facts.max_user_namespaces == 0) {
        return {"user.max_user_namespaces is 0", "sudo sysctl user.max_user_namespaces=15000"};
    }
    if (facts.max_net_namespaces == 0) {
        return {"user.max_net_namespaces is 0", "sudo sysctl user.max_net_namespaces=15000"};
    }
    return {"there are as many namespaces as this system allows, or 32 inside each other",
            "end programs that use namespaces, or raise user.max_user_namespaces and "
            "user.max_net_namespaces with sysctl"};
}

Cause invalid(const NamespaceFacts& facts) {
    if (facts.threads > 1) {
        return {fmt::format("a bug of tcpstep: it has {} threads, and this must come before the "
                            "second",
                            facts.threads),
                "report it"};
    }
    if (!facts.kernel_has_user_namespaces) {
        return {"this kernel has no user namespaces", "use a kernel with CONFIG_USER_NS"};
    }
    if (!facts.kernel_has_net_namespaces) {
        return {"this kernel has no network namespaces", "use a kernel with CONFIG_NET_NS"};
    }
    return {"the kernel does not accept the call", "run tcpstep doctor"};
}

Cause restricted_by_apparmor(const NamespaceFacts& facts) {
    return {"Ubuntu restricts user namespaces to programs with an AppArmor profile",
            fmt::format("echo '{}' | sudo tee /etc/apparmor.d/tcpstep && sudo apparmor_parser -r "
                        "/etc/apparmor.d/tcpstep",
                        apparmor_profile(facts.program))};
}

Cause not_permitted(NamespaceStep step, const NamespaceFacts& facts) {
    const bool apparmor = facts.apparmor_restrict_unprivileged_userns.value_or(0) != 0;
    if (step == NamespaceStep::Unshare) {
        if (facts.unprivileged_userns_clone == 0) {
            return {"kernel.unprivileged_userns_clone is 0",
                    "sudo sysctl kernel.unprivileged_userns_clone=1"};
        }
        // In a container the host's AppArmor switch can be seen, but its seccomp filter decides.
        if (facts.seccomp_filter) {
            return {"a seccomp filter forbids user namespaces, as containers have it",
                    "run it outside the container, or start the container with "
                    "--security-opt seccomp=unconfined"};
        }
    }
    if (apparmor) return restricted_by_apparmor(facts);
    if (step == NamespaceStep::Unshare) {
        return {"user namespaces are forbidden here, as in a chroot", "run it outside the chroot"};
    }
    return {"a security module takes away what a user namespace grants",
            "see `sudo dmesg` for what was denied"};
}

Cause cause_of(NamespaceStep step, int os_errno, const NamespaceFacts& facts) {
    switch (os_errno) {
        case ENOSPC:
        case EUSERS:  // Linux before 4.9
            return no_room(facts);
        case EINVAL:
            return invalid(facts);
        // Ubuntu's AppArmor lets unshare() succeed and takes the capabilities away: then setgroups
        // cannot be opened (EACCES) and uid_map not be written (EPERM). Without its profile
        // "unprivileged_userns", unshare() itself fails, with EACCES.
        case EPERM:
        case EACCES:
            return not_permitted(step, facts);
        default:
            return {"", "run tcpstep doctor"};
    }
}

}  // namespace

NamespaceFacts read_namespace_facts() {
    std::error_code ignored;
    NamespaceFacts facts;
    facts.program = std::filesystem::read_symlink("/proc/self/exe", ignored).string();
    facts.max_user_namespaces = number_in("/proc/sys/user/max_user_namespaces");
    facts.max_net_namespaces = number_in("/proc/sys/user/max_net_namespaces");
    facts.unprivileged_userns_clone = number_in("/proc/sys/kernel/unprivileged_userns_clone");
    facts.apparmor_restrict_unprivileged_userns =
        number_in("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
    facts.kernel_has_user_namespaces = std::filesystem::exists("/proc/self/ns/user", ignored);
    facts.kernel_has_net_namespaces = std::filesystem::exists("/proc/self/ns/net", ignored);
    facts.seccomp_filter = status_of_this_process("Seccomp:").value_or(0) == 2;
    facts.threads = status_of_this_process("Threads:").value_or(1);
    return facts;
}

Error explain_refusal(NamespaceStep step, int os_errno, const NamespaceFacts& facts) {
    const Cause cause = cause_of(step, os_errno, facts);
    const std::string failed = fmt::format("{}: {}", attempted(step), std::strerror(os_errno));
    std::string what = cause.why.empty()
                           ? fmt::format("private network: {}", failed)
                           : fmt::format("private network: {} ({})", cause.why, failed);
    return Error{ErrorKind::MachineForbids, std::move(what), cause.remedy, os_errno};
}

std::string apparmor_profile(std::string_view program) {
    // apparmor.d(5): these have a meaning in a quoted path, too.
    std::string path;
    for (const char c : program) {
        if (std::strchr("\\\"*?[]{}^", c) != nullptr) path += '\\';
        path += c;
    }
    return fmt::format(
        "abi <abi/4.0>, include <tunables/global> "
        "profile tcpstep \"{}\" flags=(unconfined) {{ userns, }}",
        path);
}

}  // namespace tcpstep::capture
