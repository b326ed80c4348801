#include "app/lab/asleep.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpstep::lab {
namespace {

TEST(Asleep, WhoIsBlockedInACallSleepsAndWhoRunsDoesNot) {
    int ends[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    std::atomic<pid_t> blocked{0};
    std::atomic<bool> runs{false};
    std::atomic<bool> stop{false};
    std::thread thread([&] {
        blocked = gettid();
        char octet = 0;
        EXPECT_EQ(read(ends[0], &octet, 1), 1);
        runs = true;
        while (!stop) {
        }
    });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while ((blocked == 0 || !asleep(blocked)) && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(asleep(blocked));
    EXPECT_EQ(write(ends[1], "x", 1), 1);
    while (!runs) std::this_thread::yield();
    EXPECT_FALSE(asleep(blocked));
    stop = true;
    const pid_t ended = blocked;
    thread.join();
    EXPECT_TRUE(asleep(ended)) << "it will do nothing any more";
    close(ends[0]);
    close(ends[1]);
}

TEST(Asleep, WhoAsksIsAwake) {
    EXPECT_FALSE(asleep(gettid()));
}

}  // namespace
}  // namespace tcpstep::lab
