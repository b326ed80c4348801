#include "app/view/kernel_panel.hpp"

#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>

#include "app/view/timer_name.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using namespace std::chrono_literals;
using Kind = KernelItem::Kind;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;
constexpr float kEm = 18;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    KernelInput input(Role role, float rows = 5, std::optional<std::size_t> position = {}) const {
        KernelInput in{timeline, index, role};
        in.position = position.value_or(timeline.size());
        in.area = {10, 20, 344, rows * kKernelRow * kEm};
        in.em = kEm;
        return in;
    }
    KernelPanel panel(Role role, float rows = 5, std::optional<std::size_t> position = {}) const {
        return lay_out_kernel(input(role, rows, position));
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

// "SYN_SENT", "retransmit 0.8 s", "cwnd 10": in their order.
std::vector<std::string> said(const KernelPanel& panel) {
    std::vector<std::string> words;
    for (const KernelItem& item : panel.items) {
        words.push_back(item.name.empty() ? item.value : item.name + " " + item.value);
    }
    return words;
}

const KernelItem* find(const KernelPanel& panel, std::string_view name) {
    const auto found = std::find_if(panel.items.begin(), panel.items.end(),
                                    [&](const KernelItem& item) { return item.name == name; });
    return found == panel.items.end() ? nullptr : &*found;
}

SocketSampled established() {
    SocketSampled sampled;
    sampled.endpoint = C;
    sampled.state = State::Established;
    sampled.recv_q = 500;
    sampled.send_q = 65536;
    sampled.timer = "retransmit";
    sampled.timer_ms = 812;
    sampled.rto_us = 1'624'000;
    sampled.retransmits = 2;
    sampled.cwnd = 10;
    sampled.rtt_us = 2300;
    sampled.rttvar_us = 1150;
    sampled.recv_buffer = 131072;
    sampled.send_buffer = 131072;
    return sampled;
}

Trace open_trace(ListenerSampled listener) {
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1).fact(established(), true);
    SocketSampled server = established();
    server.endpoint = S;
    return run.fact(server, true).fact(listener).trace;
}

Sample open_connection(ListenerSampled listener = {1, 10, 0}) {
    return Sample(open_trace(listener));
}

TEST(KernelPanelOf, SaysThatItWasNotAsked) {
    const Sample sample(testing::whole_run());
    const KernelPanel before = sample.panel(C, 5, 1);
    EXPECT_EQ(said(before), std::vector<std::string>{"not sampled yet"});
    EXPECT_TRUE(before.verdict.empty());
}

TEST(KernelPanelOf, TellsWhoseQueuesAreDrawnWhileTheSocketIsUnknown) {
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).fact(ListenerSampled{0, 3, 1});
    const Sample sample(run.trace);
    const std::vector<std::string> lines = said(sample.panel(S));
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines.front(), "socket not sampled yet · its listener:");
    // With no room for the queues there is none to be told apart.
    EXPECT_EQ(said(sample.panel(S, 1)), std::vector<std::string>{"not sampled yet"});
    // The client has none.
    EXPECT_EQ(said(sample.panel(C)), std::vector<std::string>{"not sampled yet"});
}

TEST(KernelPanelOf, ToldWhatAnOpenSocketHas) {
    const KernelPanel panel = open_connection().panel(C);
    EXPECT_EQ(said(panel),
              (std::vector<std::string>{"ESTABLISHED", "retransmit 0.8 s", "Recv-Q 500",
                                        "Send-Q 65536", "rto 1.62 s", "cwnd 10", "retransmits 2",
                                        "rtt 2.3 ms", "ssthresh ∞"}));
    EXPECT_TRUE(find(panel, "retransmits")->loud);
    EXPECT_FALSE(find(panel, "cwnd")->loud);
    EXPECT_EQ(find(panel, "Send-Q")->fill, 0.5F);
    EXPECT_NEAR(*find(panel, "retransmit")->fill, 0.5F, 0.01F);
    EXPECT_NE(find(panel, "rtt")->tip.find("± 1.15 ms"), std::string::npos);
    for (const KernelItem& item : panel.items) EXPECT_FALSE(item.tip.empty()) << item.value;
}

TEST(KernelPanelOf, ABufferThatIsNotKnownGivesNoBar) {
    SocketSampled sampled = established();
    sampled.recv_buffer = sampled.send_buffer = 0;
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).fact(sampled, true);
    const KernelPanel panel = Sample(run.trace).panel(C);
    EXPECT_EQ(find(panel, "Recv-Q")->fill, std::nullopt);
    EXPECT_EQ(find(panel, "Recv-Q")->value, "500");
}

TEST(KernelPanelOf, WhatFitsNotIsLeftOutTheLeastTellingFirst) {
    const Sample sample = open_connection();
    const std::vector<std::string> all = said(sample.panel(C, 4));
    EXPECT_EQ(all.size(), 9U);
    std::vector<std::size_t> counts;
    for (float rows : {0.5F, 1.0F, 2.0F, 3.0F, 4.0F}) {
        const std::vector<std::string> some = said(sample.panel(C, rows));
        EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
        counts.push_back(some.size());
    }
    EXPECT_EQ(counts, (std::vector<std::size_t>{0, 2, 4, 7, 9}));
}

TEST(KernelPanelOf, DrawsAListenersQueuesAsBoxes) {
    testing::RunBuilder run;
    run.sample(S, State::Listen).fact(ListenerSampled{2, 4, 3});
    run.send(C, Flags::kSyn, 0, 0);
    SocketSampled request;
    request.endpoint = S;
    request.state = State::SynRcvd;
    const Sample sample(run.fact(request, true).trace);
    const KernelPanel panel = sample.panel(S);
    const KernelItem* accept = find(panel, "accept queue");
    ASSERT_NE(accept, nullptr);
    EXPECT_EQ(accept->kind, Kind::Boxes);
    EXPECT_EQ(accept->value, "2/4");
    EXPECT_EQ(accept->filled, 2U);
    EXPECT_EQ(accept->boxes, 5U) << "Linux lets one more in than the backlog";
    EXPECT_EQ(accept->apart, 1U) << "and that one can be told from the backlog";
    EXPECT_NE(accept->tip.find("sk_acceptq_is_full()"), std::string::npos);
    EXPECT_NE(accept->tip.find("backlog + 1 = 5"), std::string::npos);
    EXPECT_EQ(find(panel, "SYN queue")->apart, 0U);
    EXPECT_FALSE(accept->loud);
    EXPECT_EQ(find(panel, "SYN queue")->filled, 3U);
    EXPECT_EQ(find(panel, "SYN queue")->value, "3");
    EXPECT_EQ(find(panel, "Recv-Q"), nullptr) << "a request has no octets";
}

// Linux keeps no RTO for a request: its timer is one second, doubled with each SYN,ACK.
TEST(KernelPanelOf, ARequestsTimerIsARing) {
    for (const auto& [retransmits, left_ms, share] :
         {std::tuple{0U, 500, 0.5F}, std::tuple{1U, 500, 0.25F}, std::tuple{2U, 1000, 0.25F},
          std::tuple{20U, 60'000, 0.5F}}) {
        SocketSampled request;
        request.endpoint = S;
        request.state = State::SynRcvd;
        request.timer = "retransmit";
        request.timer_ms = left_ms;
        request.retransmits = retransmits;
        testing::RunBuilder run;
        run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
        const Sample sample(run.fact(request, true).trace);
        const KernelPanel panel = sample.panel(S);
        const KernelItem* timer = find(panel, "retransmit");
        ASSERT_NE(timer, nullptr);
        ASSERT_TRUE(timer->fill.has_value());
        EXPECT_NEAR(*timer->fill, share, 0.01F) << retransmits;
    }
}

// In large letters: what stood side by side has rows of its own, the state and its timer first.
TEST(KernelPanelOf, WhereItIsNarrowEveryThingHasARow) {
    const Sample sample = open_connection();
    for (const float rows : {1.0F, 2.0F, 3.0F, 4.0F, 9.0F}) {
        KernelInput input = sample.input(C, rows);
        input.area.w = 10 * kEm;
        const KernelPanel panel = lay_out_kernel(input);
        EXPECT_LE(panel.items.size(), static_cast<std::size_t>(rows));
        ASSERT_FALSE(panel.items.empty());
        EXPECT_EQ(panel.items.front().value, "ESTABLISHED");
        for (std::size_t i = 0; i < panel.items.size(); ++i) {
            EXPECT_FLOAT_EQ(panel.items[i].box.w, 10 * kEm);
            EXPECT_NEAR(panel.items[i].box.y, 20 + static_cast<float>(i) * kKernelRow * kEm, 0.5F);
        }
        if (rows >= 3) {
            EXPECT_EQ(panel.items[1].name, "retransmit");
            EXPECT_EQ(panel.items[2].name, "Recv-Q");
        }
    }
}

// Where the state stands above it in words its row is for something else, as long as both agree.
TEST(KernelPanelOf, AStateThatIsToldIsNotSaidAgainWhileTheKernelAgrees) {
    const Sample sample = open_connection();
    KernelInput input = sample.input(C, 3);
    input.area.w = 10 * kEm;
    input.state_told = true;
    EXPECT_EQ(said(lay_out_kernel(input)),
              (std::vector<std::string>{"retransmit 0.8 s", "Recv-Q 500", "Send-Q 65536"}));
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::Listen);
    const Sample other(run.trace);
    KernelInput differs = other.input(C, 3);
    differs.state_told = true;
    EXPECT_EQ(said(lay_out_kernel(differs)).front(), "LISTEN");
}

// What it said before the event that is shown is no contradiction, and is not told as one.
TEST(KernelPanelOf, WhatTheKernelSaidBeforeThisEventIsPast) {
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::SynSent);
    const std::size_t sampled = run.trace.events().size();
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1);
    const Sample sample(run.trace);
    const KernelPanel then = sample.panel(C, 5, sampled);
    EXPECT_FALSE(then.past);
    EXPECT_TRUE(then.brief.empty());
    const KernelPanel now = sample.panel(C);
    EXPECT_TRUE(now.past);
    EXPECT_FALSE(now.alarm);
    EXPECT_EQ(now.verdict, "before this event");
    EXPECT_LT(now.brief.size(), now.verdict.size());
    EXPECT_EQ(said(now).front(), "SYN_SENT");
}

TEST(KernelPanelOf, WhereItIsNarrowAQueueInWhichSomethingWaitsComesFirst) {
    for (const unsigned waiting : {0U, 1U}) {
        const Sample sample = open_connection({waiting, 10, 0});
        KernelInput input = sample.input(S, 4);
        input.area.w = 10 * kEm;
        const std::vector<std::string> words = said(lay_out_kernel(input));
        ASSERT_GE(words.size(), 3U);
        EXPECT_EQ(words[2], waiting > 0 ? "accept queue 1/10" : "Recv-Q 500");
    }
}

TEST(KernelPanelOf, ItsTimersAreToldInTheReadersLanguage) {
    const Sample sample = open_connection();
    EXPECT_NE(find(sample.panel(C), "retransmits"), nullptr);
    const testing::InChinese chinese;
    const KernelPanel panel = sample.panel(C);
    EXPECT_NE(find(panel, "重传"), nullptr);
    EXPECT_NE(find(panel, "重传次数"), nullptr);
    SocketSampled socket;
    for (const std::string_view timer : {"retransmit", "keepalive", "zero window probe"}) {
        socket.timer = timer;
        EXPECT_NE(timer_name(socket), timer);
    }
    socket.timer = "of a later kernel";
    EXPECT_EQ(timer_name(socket), "of a later kernel");
}

// Linux keeps an orphan in FIN_WAIT_2 by the keepalive timer: nobody asked for SO_KEEPALIVE.
TEST(KernelPanelOf, AnOrphansTimerIsNamedAfterItsState) {
    SocketSampled socket;
    socket.timer = "keepalive";
    socket.state = State::Established;
    EXPECT_EQ(timer_name(socket), "keepalive");
    socket.state = State::FinWait2;
    EXPECT_EQ(timer_name(socket), "FIN_WAIT_2");
}

TEST(KernelPanelOf, AFullAcceptQueueIsLoudAndALongOneIsABar) {
    const KernelPanel full = open_connection({3, 2, 0}).panel(S);
    EXPECT_TRUE(find(full, "accept queue")->loud);
    EXPECT_EQ(find(full, "accept queue")->value, "3/2");
    const KernelPanel large = open_connection({2048, 4095, 0}).panel(S);
    const KernelItem* accept = find(large, "accept queue");
    EXPECT_EQ(accept->kind, Kind::Bar);
    EXPECT_EQ(accept->value, "2048/4095");
    EXPECT_EQ(accept->fill, 0.5F);
    EXPECT_FALSE(accept->loud);
}

TEST(KernelPanelOf, TimeWaitIsARingThatRunsDown) {
    const Sample sample(testing::whole_run());
    KernelInput in = sample.input(C);
    const Time sampled = sample.timeline.event(*sample.index.sample_before(C, in.position)).time;
    in.now = sampled + 15s;
    const KernelPanel panel = lay_out_kernel(in);
    ASSERT_EQ(panel.items.front().kind, Kind::Ring);
    EXPECT_NEAR(*panel.items.front().fill, 0.75F, 0.001F);
    EXPECT_EQ(panel.items.front().value, "44 s") << "it had been sampled at 59.996 s";
    EXPECT_EQ(panel.changes_in, 996ms + 1ns);
    EXPECT_EQ(panel.items[1].value, "TIME_WAIT");
    EXPECT_EQ(panel.items[2].value, "44 s left");
    in.now.reset();
    in.over = true;
    EXPECT_EQ(lay_out_kernel(in).items[2].value, "59 s left when the run ended");
    in.now = sampled + 61s;
    EXPECT_EQ(lay_out_kernel(in).items.front().fill, 0.0F);
    EXPECT_FALSE(lay_out_kernel(in).changes_in.has_value());
}

TEST(KernelPanelOf, ATimerIsCountedToTheMomentThatIsLookedAt) {
    testing::RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0);
    SocketSampled sampled = established();
    sampled.state = State::SynSent;
    run.fact(sampled, true).later(500ms).fact(Marker{"note", "later"});
    const Sample sample(run.trace);
    // Looked back at: to the last event; it ticks no more.
    EXPECT_EQ(find(sample.panel(C), "retransmit")->value, "0.3 s");
    EXPECT_FALSE(sample.panel(C).changes_in.has_value());
    EXPECT_EQ(find(sample.panel(C, 5, 3), "retransmit")->value, "0.8 s");
    KernelInput in = sample.input(C);
    const Time at = sample.timeline.event(2).time;
    in.now = at + 600ms;
    EXPECT_EQ(find(lay_out_kernel(in), "retransmit")->value, "0.2 s");
    EXPECT_EQ(lay_out_kernel(in).changes_in, 12ms + 1ns);
    // It fires; what became of it the next sample tells.
    in.now = at + 3s;
    EXPECT_EQ(find(lay_out_kernel(in), "retransmit")->value, "0.0 s");
    EXPECT_FALSE(lay_out_kernel(in).changes_in.has_value());
}

TEST(KernelPanelOf, ASocketThatIsGoneHasNoQueues) {
    const Sample sample(testing::whole_run());
    const std::vector<std::string> words = said(sample.panel(S));
    ASSERT_GE(words.size(), 3U);
    EXPECT_EQ(words[0], "CLOSED");
    EXPECT_EQ(words[1], "no socket any more");
    EXPECT_EQ(words[2], "accept queue 0/10");
}

TEST(KernelPanelOf, AgreementIsToldAndADisagreementIsLoud) {
    const Sample whole(testing::whole_run());
    const KernelPanel agrees = whole.panel(C);
    EXPECT_EQ(agrees.verdict, "agrees with the model");
    EXPECT_TRUE(agrees.agrees);
    EXPECT_FALSE(agrees.alarm);
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::Listen);
    const KernelPanel differs = Sample(run.trace).panel(C);
    EXPECT_EQ(differs.verdict, "the model says SYN_SENT, the kernel LISTEN");
    EXPECT_EQ(differs.verdict_colour, ColourRole::Rst);
    EXPECT_TRUE(differs.alarm);
    EXPECT_FALSE(differs.agrees);
}

TEST(KernelPanelOf, NothingOverlapsOrLeavesTheAreaAtAnyStep) {
    for (const Trace& trace :
         {testing::whole_run(), testing::held_handshake(), testing::busy_wire(),
          open_trace({1, 10, 0}), open_trace({2048, 4095, 100000})}) {
        const Sample sample(trace);
        for (std::size_t position = 0; position <= sample.timeline.size(); ++position) {
            for (float rows : {1.0F, 2.0F, 3.0F, 4.0F, 5.0F}) {
                for (Role role : {C, S}) {
                    const Rect area = sample.input(role, rows).area;
                    const KernelPanel panel = sample.panel(role, rows, position);
                    for (std::size_t i = 0; i < panel.items.size(); ++i) {
                        const Rect& a = panel.items[i].box;
                        EXPECT_GE(a.x, area.x);
                        EXPECT_LE(a.right(), area.right() + 0.01F);
                        EXPECT_LE(a.bottom(), area.bottom() + 0.01F);
                        for (std::size_t j = i + 1; j < panel.items.size(); ++j) {
                            const Rect& b = panel.items[j].box;
                            const Rect shrunk = {a.x, a.y, a.w - 0.01F, a.h - 0.01F};
                            EXPECT_FALSE(overlap(shrunk, b))
                                << panel.items[i].value << " and " << panel.items[j].value;
                        }
                    }
                }
            }
        }
    }
}

}  // namespace
}  // namespace tcpstep::view
