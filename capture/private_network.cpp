#include "capture/private_network.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/namespace_refusal.hpp"

namespace tcpstep::capture {

namespace {

// Each returns 0 or errno.

int write_file(const char* path, std::string_view text) {
    const int file = ::open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    // These files of /proc take their text in one write(2) or not at all.
    const int os_errno = ::write(file, text.data(), text.size()) < 0 ? errno : 0;
    ::close(file);
    return os_errno;
}

int map_ids(uid_t uid, gid_t gid) {
    // A program with file capabilities may not write to its own /proc files: they belong to root.
    // capabilities(7), proc(5) on PR_SET_DUMPABLE.
    ::prctl(PR_SET_DUMPABLE, 1);
    // user_namespaces(7): without privileges, gid_map takes nothing until setgroups is denied.
    if (const int e = write_file("/proc/self/setgroups", "deny"); e != 0) return e;
    if (const int e = write_file("/proc/self/uid_map", fmt::format("0 {} 1", uid)); e != 0)
        return e;
    return write_file("/proc/self/gid_map", fmt::format("0 {} 1", gid));
}

int bring_loopback_up() {
    const int any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any < 0) return errno;
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    int os_errno = ::ioctl(any, SIOCGIFFLAGS, &request) < 0 ? errno : 0;
    if (os_errno == 0) {
        request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
        os_errno = ::ioctl(any, SIOCSIFFLAGS, &request) < 0 ? errno : 0;
    }
    ::close(any);
    return os_errno;
}

tl::unexpected<Error> refused(NamespaceStep step, int os_errno) {
    return tl::unexpected(explain_refusal(step, os_errno, read_namespace_facts()));
}

}  // namespace

Result<void> enter_private_network() {
    // Asked before: inside, and not mapped yet, we are nobody.
    const uid_t uid = ::geteuid();
    const gid_t gid = ::getegid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return refused(NamespaceStep::Unshare, errno);
    if (const int e = map_ids(uid, gid); e != 0) return refused(NamespaceStep::MapIds, e);
    if (const int e = bring_loopback_up(); e != 0) return refused(NamespaceStep::LoopbackUp, e);
    return {};
}

}  // namespace tcpstep::capture
