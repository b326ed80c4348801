#include "app/lab/child_process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/lab/asleep.hpp"

namespace tcpstep::lab {
namespace {

using lesson::Call;
using lesson::Step;

const model::SocketAddress kServer{};

Step step(Call call, const std::string& on = "own") {
    Step step;
    step.call = call;
    step.on = on;
    return step;
}

// Nothing comes for so long that somebody who was about to close would have; or the end has come.
bool ended(int fd, int wait_ms) {
    pollfd one{fd, POLLIN, 0};
    if (poll(&one, 1, wait_ms) == 0) return false;
    char octet = 0;
    return recv(fd, &octet, 1, MSG_PEEK) == 0;
}

// The steps stand still while there is a child of them.
class Child : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
        descriptors["own"] = pair[0];
    }
    void TearDown() override {
        child.reset();
        for (const int fd : pair) close(fd);
    }
    void fork(std::vector<Step> what, bool waited_for = false) {
        steps = std::move(what);
        child = ChildProcess::fork(steps, kServer, {pair[0]}, waited_for);
        ASSERT_NE(child, nullptr) << errno;
    }

    std::array<int, 2> pair{};
    Descriptors descriptors;
    std::vector<Step> steps;
    std::unique_ptr<ChildProcess> child;
};

TEST_F(Child, IsAnotherProcessThatHasTheSameDescriptor) {
    Step send = step(Call::Send);
    send.data = "from the child";
    fork({send});
    EXPECT_NE(child->pid(), getpid());
    EXPECT_EQ(child->process(), static_cast<model::Process>(child->pid()));
    EXPECT_EQ(child->call(steps[0], descriptors).value, 14);
    std::array<char, 32> got{};
    EXPECT_EQ(recv(pair[1], got.data(), got.size(), 0), 14);
    EXPECT_STREQ(got.data(), "from the child");
}

TEST_F(Child, ReceivesWhatIsLongAndTellsTheBeginning) {
    Step recv = step(Call::Recv);
    recv.size = 5000;
    fork({recv});
    const std::string sent(5000, 'x');
    ASSERT_EQ(send(pair[1], sent.data(), sent.size(), 0), 5000);
    const CallResult result = child->call(steps[0], descriptors);
    EXPECT_EQ(result.value, 5000);
    EXPECT_EQ(result.text, std::string(256, 'x'));
}

TEST_F(Child, FailsAsTheKernelSays) {
    fork({step(Call::Close, "unknown")});
    EXPECT_EQ(child->call(steps[0], descriptors).os_errno, EBADF);
}

// One socket, two references: the peer hears of the last close() only.
TEST_F(Child, HoldsTheSocketOpenUntilItClosesToo) {
    fork({step(Call::Close)});
    close(std::exchange(pair[0], -1));
    EXPECT_FALSE(ended(pair[1], 50));
    EXPECT_EQ(child->call(steps[0], descriptors).value, 0);
    EXPECT_TRUE(ended(pair[1], 20'000));
}

// Else a close() of the other end would not be the last.
TEST_F(Child, HasNoneOfTheOthersDescriptors) {
    fork({step(Call::Close)});
    close(std::exchange(pair[1], -1));
    EXPECT_TRUE(ended(pair[0], 20'000));
}

TEST_F(Child, KeepsItsOwnNumbersForWhatItOpens) {
    Step dup = step(Call::Dup);
    dup.as = "copy";
    fork({dup, step(Call::Close), step(Call::Close, "copy")});
    EXPECT_EQ(child->call(steps[0], descriptors).value, descriptors["copy"]);
    EXPECT_EQ(child->call(steps[1], descriptors).os_errno, 0);
    EXPECT_EQ(child->call(steps[2], descriptors).os_errno, 0);
}

TEST_F(Child, ThatExitsHasClosedEverythingAndIsAZombie) {
    Step exit = step(Call::Exit, "");
    exit.value = 3;
    fork({exit}, true);
    const pid_t pid = child->pid();
    close(std::exchange(pair[0], -1));
    EXPECT_EQ(child->call(steps[0], descriptors).value, 3);
    EXPECT_TRUE(ended(pair[1], 0));
    EXPECT_TRUE(child_asleep(pid));
    child.reset();
    int how = 0;
    EXPECT_EQ(waitpid(pid, &how, 0), pid) << "it was left to whom it concerns";
    EXPECT_EQ(WEXITSTATUS(how), 3);
}

TEST_F(Child, LeavesNoZombieWhereNobodyWaits) {
    fork({step(Call::Exit, "")});
    const pid_t pid = child->pid();
    child->call(steps[0], descriptors);
    child.reset();
    EXPECT_EQ(waitpid(pid, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST_F(Child, DiesWithItsObjectThoughItIsBlocked) {
    Step recv = step(Call::Recv);
    recv.size = 1;
    fork({recv});
    const pid_t pid = child->pid();
    child.reset();
    EXPECT_EQ(kill(pid, 0), -1);
    EXPECT_EQ(errno, ESRCH);
}

TEST_F(Child, ThatWasKilledFails) {
    fork({step(Call::Close)});
    kill(child->pid(), SIGKILL);
    EXPECT_EQ(child->call(steps[0], descriptors).os_errno, ESRCH);
}

TEST_F(Child, DiesWithTheThreadThatForkedIt) {
    pid_t pid = -1;
    std::thread([&] {
        fork({step(Call::Close)}, true);
        pid = child->pid();
    }).join();
    int how = 0;
    EXPECT_EQ(waitpid(pid, &how, 0), pid);
    EXPECT_TRUE(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}

}  // namespace
}  // namespace tcpstep::lab
