#include "app/lab/inbox.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <poll.h>

namespace tcpstep::lab {
namespace {

bool readable(int fd) {
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 0) == 1;
}

TEST(Inbox, WakesItsReaderAndGivesEachThingOnce) {
    Inbox inbox;
    model::Time until;
    EXPECT_FALSE(readable(inbox.descriptor()));
    inbox.put(model::Marker{"note", "a"});
    inbox.put(model::Marker{"note", "b"});
    EXPECT_TRUE(readable(inbox.descriptor()));
    EXPECT_EQ(inbox.take(until).size(), 2U);
    EXPECT_FALSE(readable(inbox.descriptor()));
    EXPECT_TRUE(inbox.take(until).empty());
}

TEST(Inbox, NothingEarlierFollowsWhatWasTaken) {
    Inbox inbox;
    std::atomic<bool> stop{false};
    const auto write = [&] {
        while (!stop) inbox.put(model::Marker{"note", ""});
    };
    std::thread one(write);
    std::thread other(write);
    model::Time last_until;
    std::size_t taken = 0;
    while (taken < 20'000) {
        model::Time until;
        model::Time previous = last_until;
        for (const Inbox::Stamped& item : inbox.take(until)) {
            ASSERT_GE(item.time, previous);
            ASSERT_LE(item.time, until);
            previous = item.time;
            ++taken;
        }
        last_until = until;
    }
    stop = true;
    one.join();
    other.join();
}

}  // namespace
}  // namespace tcpstep::lab
