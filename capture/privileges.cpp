#include "capture/privileges.hpp"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tcpstep::capture {

namespace {

std::optional<std::uint32_t> number_in(const char* text) {
    if (text == nullptr) return std::nullopt;
    const std::string_view digits(text);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

tl::unexpected<Error> remains(std::string_view call) {
    return fail(ErrorKind::MachineForbids,
                fmt::format("privileges could not be given up: {}: {}", call, std::strerror(errno)),
                "run it as an ordinary user, with setcap (tcpstep doctor)", errno);
}

// Groups first: an ordinary user may not change them.
Result<void> become(const User& user) {
    const gid_t group = user.gid;
    if (::setgroups(1, &group) != 0) return remains("setgroups");
    if (::setresgid(user.gid, user.gid, user.gid) != 0) return remains("setresgid");
    if (::setresuid(user.uid, user.uid, user.uid) != 0) return remains("setresuid");
    return {};
}

}  // namespace

std::optional<User> user_behind_sudo(std::uint32_t uid, const char* sudo_uid,
                                     const char* sudo_gid) {
    if (uid != 0) return std::nullopt;
    const auto user = number_in(sudo_uid);
    const auto group = number_in(sudo_gid);
    if (!user || !group || *user == 0) return std::nullopt;
    return User{*user, *group};
}

Result<void> give_up_privileges() {
    // While it still may: what programs with file capabilities could ever get. Needs CAP_SETPCAP.
    for (unsigned long each = 0; ::prctl(PR_CAPBSET_READ, each, 0, 0, 0) >= 0; ++each) {
        if (::prctl(PR_CAPBSET_DROP, each, 0, 0, 0) != 0) break;
    }
    const auto user =
        user_behind_sudo(::geteuid(), std::getenv("SUDO_UID"), std::getenv("SUDO_GID"));
    if (user) {
        if (auto became = become(*user); !became) return became;
    }
    // Before Linux 4.3 there is no ambient set.
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 && errno != EINVAL) {
        return remains("ambient capabilities");
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const __user_cap_data_struct none[2]{};
    if (::syscall(SYS_capset, &header, none) != 0) return remains("capset");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return remains("no_new_privs");
    return {};
}

}  // namespace tcpstep::capture
