#include "capture/tcp_settings.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace tcpstep::capture {

namespace {

struct Setting {
    std::string_view name;  // under /proc/sys/net/ipv4
    std::string_view value;
};

// The interval between two sendings doubles up to 120 s, so each further one is worth two minutes.
constexpr std::array kSettings = {
    // The largest that Linux takes: four hours of SYN_SENT.
    Setting{"tcp_syn_retries", "127"},
    // Linux takes up to 255, and shifts the first interval left by the number of retries so far:
    // with more than 60 nothing would be left of it. An hour and three quarters of SYN_RCVD.
    Setting{"tcp_synack_retries", "60"},
    // After this many the route is asked for anew: never, a route is not what is wrong here.
    Setting{"tcp_retries1", "255"},
    // The largest: eight hours for data, and for a FIN.
    Setting{"tcp_retries2", "255"},
    // The same for a socket that its process has closed. FIN_WAIT_1, CLOSING, LAST_ACK
    Setting{"tcp_orphan_retries", "255"},
    // Seconds, a day: FIN_WAIT_2 after close().
    Setting{"tcp_fin_timeout", "86400"},
    // Linux 6.5: the first four SYNs a second apart. RFC 6298 5.5 has them 1, 2, 4 s apart.
    Setting{"tcp_syn_linear_timeouts", "0"},
};

// 0, or errno.
int write_file(const std::string& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    const int os_errno = ::write(file, text.data(), text.size()) < 0 ? errno : 0;
    ::close(file);
    return os_errno;
}

tl::unexpected<Error> refused(const Setting& setting, int os_errno) {
    // A container mounts /proc/sys read-only.
    const char* remedy = os_errno == EROFS
                             ? "run it outside the container, or with /proc/sys writable"
                             : "run tcpstep doctor";
    return fail(
        ErrorKind::MachineForbids,
        fmt::format("net.ipv4.{} = {}: {}", setting.name, setting.value, std::strerror(os_errno)),
        remedy, os_errno);
}

}  // namespace

Result<void> raise_tcp_patience() {
    Result<void> result;
    for (const Setting& setting : kSettings) {
        const int os_errno =
            write_file(fmt::format("/proc/sys/net/ipv4/{}", setting.name), setting.value);
        const bool absent = os_errno == ENOENT;
        if (os_errno != 0 && !absent && result) result = refused(setting, os_errno);
    }
    return result;
}

}  // namespace tcpstep::capture
