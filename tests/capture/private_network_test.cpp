#include "capture/private_network.hpp"

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <set>
#include <thread>

#include <ifaddrs.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/namespace_refusal.hpp"
#include "tests/capture/in_private_network.hpp"
#include "tests/capture/loopback.hpp"

namespace tcpstep::capture {
namespace {

class PrivateNetwork : public InPrivateNetwork {};

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

// Tests in which a child process enters another one.
class PrivateNetworkOfChild : public InPrivateNetwork {
  protected:
    void SetUp() override {
        InPrivateNetwork::SetUp();
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP() << "the thread sanitizer starts a thread of its own in a forked child";
#endif
    }
};

std::string line_of(const Result<void>& result) {
    return result ? "entered" : result.error().line();
}

TEST_F(PrivateNetwork, HasNothingButLoopbackAndItIsUp) {
    ifaddrs* first = nullptr;
    ASSERT_EQ(::getifaddrs(&first), 0);
    std::set<std::string> names;
    for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
        names.insert(one->ifa_name);
        const bool loopback = one->ifa_name == std::string("lo");
        EXPECT_TRUE(!loopback || (one->ifa_flags & IFF_UP) != 0);
    }
    ::freeifaddrs(first);
    EXPECT_EQ(names.count("lo"), 1U);
    // Kernels with tunnel modules put one end of each, down, into every new namespace.
    for (const std::string& name : names) EXPECT_EQ(name.rfind("eth", 0), std::string::npos);

    const Socket listener = listen_on(Family::V4);
    const Socket client = connect_to(listener.local());
    EXPECT_EQ(to_string(client.local().ip), "127.0.0.1");
}

TEST_F(PrivateNetwork, TheUserIsRootInside) {
    EXPECT_EQ(::geteuid(), 0U);
    EXPECT_EQ(::getegid(), 0U);
}

TEST_F(PrivateNetworkOfChild, CanBeEnteredFromInsideAnother) {
    EXPECT_EQ(in_child([] { return line_of(enter_private_network()); }), "entered");
}

// What is said if the limit is 0, in a namespace that only the child is in, and is root of.
std::string refusal_where_zero(const std::string& limit) {
    return in_child([&limit] {
        if (const auto own = enter_private_network(); !own) return own.error().line();
        if (!(std::ofstream("/proc/sys/user/" + limit) << 0 << std::flush)) return limit + " stays";
        return line_of(enter_private_network());
    });
}

TEST_F(PrivateNetworkOfChild, IsRefusedWithTheRemedyWhereNamespacesAreSwitchedOff) {
    EXPECT_EQ(refusal_where_zero("max_user_namespaces"),
              "private network: user.max_user_namespaces is 0 (unshare: No space left on device) "
              "- sudo sysctl user.max_user_namespaces=15000");
    EXPECT_EQ(refusal_where_zero("max_net_namespaces"),
              "private network: user.max_net_namespaces is 0 (unshare: No space left on device) "
              "- sudo sysctl user.max_net_namespaces=15000");
}

// As a container does it: unshare() is EPERM.
void forbid_unshare() {
    sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog program{std::size(code), code};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

TEST_F(PrivateNetworkOfChild, IsRefusedWithTheRemedyInAContainer) {
    const std::string line = in_child([] {
        forbid_unshare();
        return line_of(enter_private_network());
    });
    EXPECT_EQ(line,
              "private network: a seccomp filter forbids user namespaces, as containers have it "
              "(unshare: Operation not permitted) - run it outside the container, or start the "
              "container with --security-opt seccomp=unconfined");
}

TEST_F(PrivateNetworkOfChild, IsRefusedAsABugOnceThereIsASecondThread) {
    std::thread second;
    const std::string line = in_child([&second] {
        second = std::thread([] { ::pause(); });
        std::string told = line_of(enter_private_network());
        second.detach();
        return told;
    });
    EXPECT_EQ(line,
              "private network: a bug of tcpstep: it has 2 threads, and this must come before the "
              "second (unshare: Invalid argument) - report it");
}

}  // namespace
}  // namespace tcpstep::capture
