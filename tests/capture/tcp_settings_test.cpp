#include "capture/tcp_settings.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>

#include <sched.h>
#include <sys/mount.h>

#include "capture/sock_diag.hpp"
#include "tests/capture/gated.hpp"
#include "tests/capture/in_private_network.hpp"

namespace tcpstep::capture {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class TcpPatience : public InFreshNetwork {};

std::optional<long> setting(const std::string& name) {
    std::ifstream file("/proc/sys/net/ipv4/" + name);
    long value = 0;
    if (!(file >> value)) return std::nullopt;
    return value;
}

TEST_F(TcpPatience, IsWrittenIntoThisNetwork) {
    ASSERT_EQ(setting("tcp_syn_retries"), 6) << "a fresh network has the kernel's own values";
    const auto raised = raise_tcp_patience();
    ASSERT_TRUE(raised) << raised.error().line();
    EXPECT_EQ(setting("tcp_syn_retries"), 127);
    EXPECT_EQ(setting("tcp_synack_retries"), 60);
    EXPECT_EQ(setting("tcp_retries1"), 255);
    EXPECT_EQ(setting("tcp_retries2"), 255);
    EXPECT_EQ(setting("tcp_orphan_retries"), 255);
    EXPECT_EQ(setting("tcp_fin_timeout"), 86'400);
    EXPECT_EQ(setting("tcp_syn_linear_timeouts").value_or(0), 0);
}

TEST_F(TcpPatience, HasTheIntervalBetweenSynsDoubledFromTheFirstOn) {
    ASSERT_TRUE(raise_tcp_patience());
    Gated gated;
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    auto last = steady_clock::now();
    EXPECT_EQ(gated.next().kind(), "SYN");
    for (const seconds interval : {seconds(1), seconds(2)}) {
        EXPECT_EQ(gated.next().kind(), "SYN");
        const auto now = steady_clock::now();
        EXPECT_GT(now - last, interval - milliseconds(100));
        last = now;
    }
}

TEST_F(TcpPatience, KeepsAnOrphanInFinWait2ForHours) {
    ASSERT_TRUE(raise_tcp_patience());
    Gated gated;
    GatedConnection connection = connect_through(gated, Family::V4);
    const model::SocketAddress client = connection.client.local();
    connection.client.close();
    EXPECT_EQ(gated.deliver_next().kind(), "FIN, ACK");
    EXPECT_EQ(gated.deliver_next().kind(), "ACK");
    const auto sockets = SockDiag::open().value().sample().value();
    bool found = false;
    for (const SocketInfo& one : sockets) {
        if (one.local != client) continue;
        found = true;
        EXPECT_EQ(one.state, model::State::FinWait2);
        EXPECT_GT(one.timer_left, hours(20));
    }
    EXPECT_TRUE(found);
}

TEST_F(TcpPatience, SaysWhichSettingCannotBeWritten) {
    const std::string line = in_child([]() -> std::string {
        // As containers have it; what is locked from outside must stay as it is.
        constexpr const char* kPath = "/proc/sys";
        constexpr unsigned long kLocked = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RELATIME;
        if (::unshare(CLONE_NEWNS) != 0 ||
            ::mount(kPath, kPath, nullptr, MS_BIND | MS_REC, nullptr) != 0 ||
            ::mount(nullptr, kPath, nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY | kLocked, nullptr) !=
                0) {
            return std::string("no mount: ") + std::strerror(errno);
        }
        const auto raised = raise_tcp_patience();
        return raised ? "raised" : raised.error().line();
    });
    EXPECT_EQ(line,
              "net.ipv4.tcp_syn_retries = 127: Read-only file system - run it outside the "
              "container, or with /proc/sys writable");
}

}  // namespace
}  // namespace tcpstep::capture
