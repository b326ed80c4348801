#include "tests/capture/in_private_network.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/private_network.hpp"

namespace tcpstep::capture {

void InPrivateNetwork::SetUp() {
    static const Result<void> entered = enter_private_network();
    if (entered) return;
    const char* ci = std::getenv("CI");
    if (ci != nullptr && std::string_view(ci) == "true") FAIL() << entered.error().line();
    GTEST_SKIP() << entered.error().line();
}

void InFreshNetwork::SetUp() {
    InPrivateNetwork::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    before_ = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(before_, 0);
    // Root of a user namespace may have more networks; each begins with lo down.
    ASSERT_EQ(::unshare(CLONE_NEWNET), 0) << std::strerror(errno);
    const int any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP;
    ASSERT_EQ(::ioctl(any, SIOCSIFFLAGS, &request), 0) << std::strerror(errno);
    ::close(any);
}

void InFreshNetwork::TearDown() {
    if (before_ < 0) return;
    EXPECT_EQ(::setns(before_, CLONE_NEWNET), 0) << std::strerror(errno);
    ::close(before_);
}

std::string in_child(const std::function<std::string()>& body) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) return "pipe failed";
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string text = body();
        const bool told = ::write(pipe[1], text.data(), text.size()) >= 0;
        ::_exit(told ? 0 : 1);
    }
    ::close(pipe[1]);
    std::string text;
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = ::read(pipe[0], buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return status == 0 ? text : text + " (child ended with status " + std::to_string(status) + ")";
}

void drop_capabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2]{};
    ::syscall(SYS_capset, &header, none);
}

}  // namespace tcpstep::capture
