// What this machine's /proc/net/tcp says of a socket that was made here.
#include "app/lab/proc_net_tcp.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/lab/kernel_address.hpp"
#include "model/proc_net_tcp.hpp"

namespace tcpstep::lab {
namespace {

// A listener on a port of its own, and a duplicate of it.
class ProcNetTcpOf : public ::testing::TestWithParam<const char*> {
  public:
    int fd = -1;
    int copy = -1;
    model::SocketAddress address = *model::parse_socket_address(GetParam());

    void SetUp() override {
        const KernelAddress wanted = kernel_address(address);
        fd = socket(wanted.storage.ss_family, SOCK_STREAM, 0);
        if (bind(fd, wanted.get(), wanted.length) != 0) GTEST_SKIP() << "no " << GetParam();
        ASSERT_EQ(listen(fd, 3), 0);
        copy = dup(fd);
        KernelAddress bound;
        ASSERT_EQ(getsockname(fd, bound.get(), &bound.length), 0);
        address = *socket_address(bound);
    }
    void TearDown() override {
        close(copy);
        close(fd);
    }
    std::uint32_t inode() const {
        struct stat status {};
        EXPECT_EQ(fstat(fd, &status), 0);
        return static_cast<std::uint32_t>(status.st_ino);
    }
};
INSTANTIATE_TEST_SUITE_P(Family, ProcNetTcpOf, ::testing::Values("127.0.0.1:0", "[::1]:0"),
                         [](const auto& one) { return one.param[0] == '[' ? "IPv6" : "IPv4"; });

TEST_P(ProcNetTcpOf, ASocketIsItsRowWithItsDescriptors) {
    const ProcNetTcp told = read_proc_net_tcp(address, fd);
    ASSERT_EQ(told.os_errno, 0);
    ASSERT_EQ(told.rows, 1) << told.text;
    const auto row = model::parse_proc_net_tcp(told.text);
    ASSERT_TRUE(row) << told.text;
    EXPECT_EQ(row->local, address);
    EXPECT_EQ(row->state, model::State::Listen);
    EXPECT_EQ(row->inode, inode());
    EXPECT_TRUE(told.text.ends_with(" fd " + std::to_string(fd) + " " + std::to_string(copy)))
        << told.text;
    EXPECT_EQ(told.text.find('\n'), std::string::npos);
}

TEST_P(ProcNetTcpOf, AllOfTheRunsSocketsAreTheServersPortsAndOurOwn) {
    const ProcNetTcp told = read_proc_net_tcp(address, std::nullopt);
    EXPECT_GE(told.rows, 1);
    EXPECT_NE(told.text.find(" " + std::to_string(inode()) + " "), std::string::npos) << told.text;
    EXPECT_EQ(std::count(told.text.begin(), told.text.end(), '\n') + 1, told.rows);
}

TEST_P(ProcNetTcpOf, ADescriptorThatIsNoSuchSocketHasNoRow) {
    const ProcNetTcp told = read_proc_net_tcp(address, STDIN_FILENO);
    EXPECT_EQ(told.os_errno, 0);
    EXPECT_EQ(told.rows, 0);
    EXPECT_EQ(told.text, "");
}

}  // namespace
}  // namespace tcpstep::lab
