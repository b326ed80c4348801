#include "app/watch/watcher.hpp"

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/app/watch/made_segment.hpp"

namespace tcpstep::watch {
namespace {

using model::Role;
using model::State;
using namespace tcpstep::testing;

const std::string kClient = "127.0.0.1:40000", kServer = "127.0.0.1:8000";

/// Writes down what it is told.
class Told : public Audience {
  public:
    void moved(const Moved& moved) override {
        lines.push_back(fmt::format("{} {}>{}{}", name(moved.change.endpoint),
                                    name(moved.change.from), name(moved.change.to),
                                    moved.by_kernel ? " kernel" : ""));
    }
    void compared(const Compared& compared) override {
        lines.emplace_back(compared.agrees() ? "agrees" : "differs");
    }
    void lost(model::Time, std::uint64_t total) override {
        lines.push_back(fmt::format("lost {}", total));
    }
    void forgotten(Slot) override { lines.emplace_back("forgotten"); }

    std::vector<std::string> take() { return std::exchange(lines, {}); }
    std::vector<std::string> lines;
};

class WatcherTest : public ::testing::Test {
  protected:
    WatcherTest() { watcher.add(told); }

    void take(const std::string& source, const std::string& destination, std::uint16_t flags,
              std::uint32_t seq, std::uint32_t ack = 0, std::uint32_t length = 0) {
        watcher.take(segment(source, destination, flags, seq, ack, now, length));
    }
    void open() {
        take(kClient, kServer, kSyn, 100);
        take(kServer, kClient, kSyn | kAck, 500, 101);
        take(kClient, kServer, kAck, 101, 501);
        told.take();
    }
    /// Time goes on; whatever is due is asked, and nothing is captured meanwhile.
    void wait(model::Duration time) {
        const model::Time end = now + time;
        for (auto due = watcher.due(); due && *due <= end; due = watcher.due()) {
            now = std::max(now, *due);
            ASSERT_TRUE(watcher.tick(now, drain));
        }
        now = end;
    }

    using Strings = std::vector<std::string>;
    model::Time now = kBegin;
    std::map<Role, std::optional<State>> kernel{{Role::Client, State::Established},
                                                {Role::Server, State::Established}};
    std::string timer;
    std::int64_t timer_ms = 0;
    int asked = 0;
    std::function<void()> drain = [] {};
    Told told;
    Watcher watcher{[this](const Flow&, Role role) -> Result<std::optional<model::SocketSampled>> {
        ++asked;
        if (!kernel[role]) return std::nullopt;
        model::SocketSampled sample;
        sample.endpoint = role;
        sample.state = *kernel[role];
        sample.timer = timer;
        sample.timer_ms = timer_ms;
        return sample;
    }};
};

TEST_F(WatcherTest, TheKernelIsAskedTwiceOnceAllIsQuietAndNotBefore) {
    open();
    wait(1ms);
    EXPECT_EQ(asked, 0);
    wait(100ms);
    EXPECT_EQ(told.take(), Strings{"agrees"});
    EXPECT_EQ(asked, 4);
    wait(10s);
    EXPECT_EQ(asked, 4) << "a state that lasts is not asked for again and again";
}

TEST_F(WatcherTest, AfterSoManyChangesNothingMoreIsTold) {
    watcher.end_after(1);
    take(kClient, kServer, kSyn, 100);  // of both ends
    EXPECT_TRUE(watcher.over());
    EXPECT_EQ(watcher.tally().transitions, 1U);
    take(kServer, kClient, kSyn | kAck, 500, 101);
    wait(100ms);
    EXPECT_EQ(watcher.tally().segments, 1U);
    Strings told_changes;
    for (const std::string& line : told.take()) {
        if (line.find("UNKNOWN>") == std::string::npos) told_changes.push_back(line);
    }
    EXPECT_EQ(told_changes.size(), 1U);
    EXPECT_EQ(asked, 0);
}

TEST_F(WatcherTest, AnAnswerCountsForNothingIfASegmentCameMeanwhile) {
    open();
    int left = 3;
    drain = [&] {
        if (left-- > 0) take(kServer, kClient, kSyn | kAck, 500, 101);
    };
    wait(7ms);
    EXPECT_EQ(told.take(), Strings{});
    wait(100ms);
    EXPECT_EQ(told.take(), Strings{"agrees"});
}

TEST_F(WatcherTest, ADifferenceIsToldOnceAndThenTheKernelsWordCounts) {
    open();
    kernel[Role::Server] = State::CloseWait;
    wait(100ms);
    EXPECT_EQ(told.take(), (Strings{"differs", "server ESTABLISHED>CLOSE_WAIT kernel"}));
    wait(5s);
    EXPECT_EQ(told.take(), Strings{});
    EXPECT_EQ(watcher.tally().differing, 1U);
}

TEST_F(WatcherTest, ASocketThatIsGoneWithoutASegmentIsClosed) {
    take(kClient, kServer, kSyn, 100);
    kernel = {{Role::Client, State::SynSent}, {Role::Server, std::nullopt}};
    wait(100ms);
    told.take();
    kernel[Role::Client] = State::Closed;  // connect() gave up
    wait(2s);
    EXPECT_EQ(told.take(), (Strings{"client SYN_SENT>CLOSED kernel"}));
}

TEST_F(WatcherTest, TheEndOfTimeWaitIsSeenWhenItsTimerIsOver) {
    open();
    take(kClient, kServer, kFin | kAck, 101, 501);
    take(kServer, kClient, kFin | kAck, 501, 102);
    take(kClient, kServer, kAck, 102, 502);
    told.take();
    kernel = {{Role::Client, State::TimeWait}, {Role::Server, State::Closed}};
    timer_ms = 60000;
    wait(1s);
    EXPECT_EQ(told.take(), Strings{"agrees"});
    const int before = asked;
    wait(58s);
    EXPECT_EQ(asked, before);
    kernel[Role::Client] = State::Closed;
    wait(3s);
    EXPECT_EQ(told.take(), (Strings{"client TIME_WAIT>CLOSED kernel", "forgotten"}));
    EXPECT_EQ(watcher.flows().size(), 0U);
}

TEST_F(WatcherTest, AnEndThatGivesUpItsDataIsSeenToBeGoneAndNoCloseIsInvented) {
    open();
    wait(3s);
    told.take();
    take(kClient, kServer, kPsh | kAck, 101, 501, 4);
    timer = "retransmit";
    wait(1200ms);
    EXPECT_EQ(told.take(), Strings{});
    kernel[Role::Client] = State::Closed;  // TCP_USER_TIMEOUT
    wait(1100ms);
    EXPECT_EQ(told.take(), Strings{"client ESTABLISHED>CLOSED kernel"});
    wait(8s);
    take(kServer, kClient, kFin | kAck, 501, 101);
    take(kClient, kServer, kRst, 101);
    EXPECT_EQ(told.take(), (Strings{"server ESTABLISHED>FIN_WAIT_1", "server FIN_WAIT_1>CLOSED"}));
}

TEST_F(WatcherTest, AnEndThatWaitsIsAskedForWhenItsTimerFires) {
    open();
    wait(3s);
    const int before = asked;
    take(kClient, kServer, kPsh | kAck, 101, 501, 4);
    timer = "retransmit";
    timer_ms = 8000;
    wait(8s);
    EXPECT_EQ(asked, before + 2) << "after a second";
    wait(2s);
    EXPECT_EQ(asked, before + 4) << "and once its timer has fired";
}

TEST_F(WatcherTest, AnEndThatHasWaitedForLongDoesNotHideThatTheOtherBeginsTo) {
    open();
    wait(3s);
    take(kClient, kServer, kPsh | kAck, 101, 501, 4);
    timer = "retransmit";
    timer_ms = 25'000;
    wait(2s);
    told.take();
    take(kServer, kClient, kPsh | kAck, 501, 101, 4);
    kernel[Role::Server] = State::Closed;  // TCP_USER_TIMEOUT
    wait(1100ms);
    EXPECT_EQ(told.take(), Strings{"server ESTABLISHED>CLOSED kernel"});
}

TEST_F(WatcherTest, DataThatIsAcknowledgedIsNoReasonToAsk) {
    open();
    wait(1s);
    const int before = asked;
    for (std::uint32_t seq = 101; seq < 400; seq += 4) {
        take(kClient, kServer, kPsh | kAck, seq, 501, 4);
        wait(20ms);
        take(kServer, kClient, kAck, 501, seq + 4);
        wait(30ms);
    }
    wait(10s);
    EXPECT_EQ(asked, before);
}

TEST_F(WatcherTest, WhatTheKernelAgreedToIsNotTakenBack) {
    open();
    wait(1s);
    told.take();
    take(kClient, kServer, kPsh | kAck, 101, 501, 4);
    wait(300ms);
    take(kClient, kServer, kPsh | kAck, 101, 501, 4);  // again: it was lost
    take(kServer, kClient, kSyn | kAck, 500, 101);
    wait(2s);
    EXPECT_EQ(told.take(), Strings{"agrees"});
}

TEST_F(WatcherTest, NothingIsSaidOfEndsThatAreElsewhere) {
    kernel = {{Role::Client, std::nullopt}, {Role::Server, std::nullopt}};
    open();
    wait(10s);
    EXPECT_EQ(told.take(), Strings{});
    EXPECT_EQ(asked, 4);
}

TEST_F(WatcherTest, HoweverManyConnectionsMoveTheKernelIsAskedALittleAtATime) {
    for (unsigned port = 1; port <= 1000; ++port) {
        take(fmt::format("127.0.0.1:{}", 10000 + port), kServer, kSyn, 100);
    }
    kernel = {{Role::Client, State::SynSent}, {Role::Server, State::SynRcvd}};
    wait(Watcher::kQuiet + 3 * Watcher::kPause);
    EXPECT_LE(asked, 2 * 4 * static_cast<int>(Watcher::kAtOnce));
    wait(900ms);
    EXPECT_EQ(watcher.tally().compared, 1000U) << "but about each in the end";
}

TEST_F(WatcherTest, ARefusalOfTheKernelIsAnError) {
    Watcher refused([](const Flow&, Role) -> Result<std::optional<model::SocketSampled>> {
        return fail(ErrorKind::MachineForbids, "sock_diag: no", "");
    });
    refused.take(segment(kClient, kServer, kSyn, 1));
    EXPECT_FALSE(refused.tick(kBegin + 1s, [] {}));
}

TEST_F(WatcherTest, LostSegmentsAreToldWhenTheyGrow) {
    watcher.lost(0, now);
    watcher.lost(5, now);
    watcher.lost(5, now);
    EXPECT_EQ(told.take(), Strings{"lost 5"});
}

}  // namespace
}  // namespace tcpstep::watch
