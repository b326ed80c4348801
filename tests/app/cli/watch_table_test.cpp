#include "app/cli/watch_table.hpp"

#include <cstdlib>
#include <ctime>

#include <gtest/gtest.h>

#include "app/watch/watcher.hpp"
#include "tests/app/watch/made_segment.hpp"

namespace tcpstep::cli {
namespace {

using model::Role;
using model::State;
using namespace tcpstep::testing;

const std::string kClient = "127.0.0.1:40000", kServer = "127.0.0.1:8000";

/// The table of what a watcher tells; the kernel agrees unless the test says otherwise.
class WatchTableTest : public ::testing::Test {
  protected:
    WatchTableTest() {
        setenv("TZ", "UTC", 1);
        tzset();
        watcher.add(table);
    }
    void take(const std::string& source, const std::string& destination, std::uint16_t flags,
              std::uint32_t seq, std::uint32_t ack = 0) {
        watcher.take(segment(source, destination, flags, seq, ack, now));
        now += 1us;
    }
    void wait(model::Duration time) {
        const model::Time end = now + time;
        for (auto due = watcher.due(); due && *due <= end; due = watcher.due()) {
            now = std::max(now, *due);
            ASSERT_TRUE(watcher.tick(now, [] {}));
        }
    }

    model::Time now = kBegin;
    std::optional<State> server = State::Established;
    watch::Watcher watcher{
        [this](const watch::Flow& flow, Role role) -> Result<std::optional<model::SocketSampled>> {
            model::SocketSampled sample;
            sample.endpoint = role;
            sample.state = flow.states.state(role);
            if (role == Role::Client) return sample;
            if (!server) return std::nullopt;
            sample.state = *server;
            return sample;
        }};
    WatchTable table{watcher.flows()};
};

TEST_F(WatchTableTest, ALineForEachChangeWithItsSegmentAndOneForTheKernelsWord) {
    take(kClient, kServer, kSyn, 100);
    take(kServer, kClient, kSyn | kAck, 500, 101);
    take(kClient, kServer, kAck, 101, 501);
    wait(20ms);
    EXPECT_EQ(
        table.take(),
        "time             client > server                    end     state                       "
        "because\n"
        "04:00:00.000000  127.0.0.1:40000 > 127.0.0.1:8000   client  CLOSED -> SYN_SENT          "
        "sends S 0:0(0)\n"
        "04:00:00.000001  127.0.0.1:40000 > 127.0.0.1:8000   server  LISTEN -> SYN_RCVD          "
        "gets S 0:0(0)\n"
        "04:00:00.000002  127.0.0.1:40000 > 127.0.0.1:8000   client  SYN_SENT -> ESTABLISHED     "
        "gets S. 0:0(0) ack 1\n"
        "04:00:00.000002  127.0.0.1:40000 > 127.0.0.1:8000   server  SYN_RCVD -> ESTABLISHED?    "
        "gets . ack 1\n"
        "04:00:00.010003  127.0.0.1:40000 > 127.0.0.1:8000   kernel  agrees                      "
        "client ESTABLISHED, server ESTABLISHED\n");
    EXPECT_EQ(table.take(), "");
}

TEST_F(WatchTableTest, AnEndElsewhereADifferenceAndALossAreTold) {
    take(kClient, kServer, kSyn, 100);
    take(kServer, kClient, kSyn | kAck, 500, 101);
    take(kClient, kServer, kAck, 101, 501);
    server = std::nullopt;
    wait(20ms);
    EXPECT_NE(table.take().find(
                  "agrees                      client ESTABLISHED, server not on this machine\n"),
              std::string::npos);
    server = State::CloseWait;
    take(kServer, kClient, kSyn | kAck, 500, 101);
    wait(20ms);
    const std::string text = table.take();
    EXPECT_NE(text.find("kernel  DIFFERS "), std::string::npos) << text;
    EXPECT_NE(
        text.find("ESTABLISHED -> CLOSE_WAIT   kernel: that is its state; no segment tells\n"),
        std::string::npos)
        << text;
    watcher.lost(7, now);
    EXPECT_NE(table.take().find("has lost 7 segments so far"), std::string::npos);
}

TEST_F(WatchTableTest, ALongAddressMakesTheColumnWiderFromThereOn) {
    take("[2001:db8::1234:5678]:40000", "[2001:db8::9abc:def0]:8000", kSyn, 1);
    take(kClient, kServer, kSyn, 100);
    const std::string text = table.take();
    EXPECT_NE(text.find("127.0.0.1:40000 > 127.0.0.1:8000                          client"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace tcpstep::cli
