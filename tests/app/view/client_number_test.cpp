// Two clients that play one role are told apart in sentences.
#include "app/view/client_number.hpp"

#include <gtest/gtest.h>

#include "app/view/event_sentence.hpp"
#include "tests/app/strings/in_chinese.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;

struct TwoSockets {
    Trace trace;
    CallId id = 0;

    explicit TwoSockets(bool lab = true) {
        Scenario scenario;
        scenario.lab = lab;
        add(scenario);
        for (const std::uint16_t port : {std::uint16_t{40001}, std::uint16_t{40002}}) {
            ConnectionId ends;
            ends.client.port = port;
            ends.server.port = 8000;
            trace.intern(ends);
        }
    }
    TwoSockets& add(Fact fact, std::optional<ConnectionIndex> connection = {}) {
        trace.append(
            {Time(std::chrono::milliseconds(trace.events().size())), connection, std::move(fact)});
        return *this;
    }
    TwoSockets& socket(std::int64_t fd, std::int64_t client = 1) {
        CallEntered entered{++id, C, "socket", {{"type", "SOCK_STREAM"}}};
        if (client != 1) entered.arguments.push_back({"client", client});
        add(std::move(entered));
        return add(CallReturned{id, C, "socket", fd, ""});
    }
    TwoSockets& connect(std::int64_t fd, ConnectionIndex connection) {
        add(CallEntered{++id, C, "connect", {{"fd", fd}}}, connection);
        Segment syn;
        syn.id = id;
        syn.from = C;
        syn.flags = Flags(Flags::kSyn);
        return add(SegmentSent{syn}, connection);
    }
    // Of the last event of that connection.
    std::string sentence(ConnectionIndex connection) const {
        const Timeline timeline(trace, connection);
        TimelineIndex index;
        index.catch_up(timeline);
        return tell_event(timeline, index, timeline.size() - 1, false).sentence;
    }
    unsigned number(ConnectionIndex connection) const {
        const Timeline timeline(trace, connection);
        return client_number(timeline, timeline.size() - 1);
    }
};

TEST(ClientNumber, OneClientHasNone) {
    TwoSockets run;
    run.socket(5).socket(6).connect(5, 0).connect(6, 1);
    EXPECT_EQ(run.number(0), 0U);
    EXPECT_EQ(run.number(1), 0U);
    EXPECT_EQ(run.sentence(1).substr(0, 10), "The client");
}

TEST(ClientNumber, ASecondClientsSocketsSayWhose) {
    TwoSockets run;
    run.socket(5).socket(6, 2);
    EXPECT_EQ(run.number(0), 2U) << "socket() itself";
    run.connect(5, 0).connect(6, 1);
    EXPECT_EQ(run.number(0), 1U);
    EXPECT_EQ(run.number(1), 2U);
    EXPECT_EQ(run.sentence(0).substr(0, 8), "Client 1");
    EXPECT_EQ(run.sentence(1).substr(0, 8), "Client 2");
    const testing::InChinese chinese;
    EXPECT_NE(run.sentence(1).find("客户端 2"), std::string::npos) << run.sentence(1);
}

TEST(ClientNumber, NobodyKnowsOfACapture) {
    TwoSockets run(false);
    run.socket(5, 2).connect(5, 0);
    EXPECT_EQ(run.number(0), 0U);
}

TEST(WithoutArticle, LeavesEverythingElse) {
    EXPECT_EQ(without_article("The client 2's SYN reached the client 1, and the client."),
              "Client 2's SYN reached client 1, and the client.");
}

}  // namespace
}  // namespace tcpstep::view
