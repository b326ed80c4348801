// What is told of an ACK: the first to acknowledge a SYN, one that moves on, one that repeats; and
// the window that it offers.
#include <gtest/gtest.h>

#include "app/view/event_more.hpp"
#include "app/view/event_sentence.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;
constexpr auto kData = Flags::kPsh | Flags::kAck;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    std::string told(SegmentId id) const {
        return tell_event(timeline, index, *timeline.event_of_segment(id), false).sentence;
    }
    std::string numbers(SegmentId id) const {
        for (const MoreLine& line :
             tell_more(timeline, index, *timeline.event_of_segment(id), false))
            if (line.label == "Numbers") return line.text;
        return {};
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

// Events of a trace do not change: it is written anew.
template <class Change>
void change_last(testing::RunBuilder& run, Change change) {
    Trace anew;
    for (const ConnectionId& id : run.trace.connections()) anew.intern(id);
    for (Event event : run.trace.events()) {
        if (anew.events().size() + 1 == run.trace.events().size())
            change(std::get<SegmentSent>(event.fact).segment);
        anew.append(std::move(event));
    }
    run.trace = std::move(anew);
}

// Relative edges in the client's sequence space, as the server tells them.
void add_sack(testing::RunBuilder& run,
              std::vector<std::pair<std::uint32_t, std::uint32_t>> edges) {
    const SeqNum base(testing::RunBuilder::kClientIss);
    SackBlocks sack;
    for (const auto& [left, right] : edges) sack.blocks.push_back({base + left, base + right});
    change_last(run, [&](Segment& segment) { segment.options.emplace_back(sack); });
}

testing::RunBuilder opened(bool gated = true) {
    testing::RunBuilder run(gated);
    run.call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    run.send(C, Flags::kSyn, 0, 0);
    if (gated) run.held(1).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1);
    if (gated) run.held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1);
    if (gated) run.held(3).delivered(3);
    return run;
}

TEST(TellAck, ADuplicateAckAcknowledgesNoSyn) {
    for (const bool gated : {true, false}) {
        testing::RunBuilder run = opened(gated);
        run.send(C, kData, 1, 1, 7).send(C, kData, 8, 1, 5);
        if (gated) run.held(4).held(5).delivered(5);
        run.send(S, Flags::kAck, 1, 1);
        add_sack(run, {{8, 13}});
        const Sample sample(run.trace);
        EXPECT_EQ(sample.told(6),
                  "A duplicate ACK: the server repeats ack 1. What comes next is still missing; "
                  "SACK says that octets 8-12 have arrived behind the gap.");
        const testing::InChinese chinese;
        EXPECT_EQ(sample.told(6),
                  "重复 ACK：服务器再次发出 ack 1。接下来的数据仍然缺失；SACK 指明第 8-12 "
                  "号字节已到达，在缺口之后。");
    }
}

TEST(TellAck, WhoeverHasNotGotOneYetGetsTheAckOfItsSyn) {
    testing::RunBuilder run(true);
    run.call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    run.send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3).dropped(3);
    run.again(2).held(4).delivered(4);
    run.send(C, Flags::kAck, 1, 1).held(5).delivered(5);
    run.send(C, Flags::kAck, 1, 1).held(6).delivered(6);
    const Sample sample(run.trace);
    EXPECT_TRUE(
        sample.told(5).starts_with("The client acknowledges the server's SYN (ack = 0 + 1)"))
        << sample.told(5);
    EXPECT_EQ(sample.told(6),
              "A duplicate ACK: the client repeats ack 1. Nothing new has come in order.");
}

TEST(TellAck, ASackBlockBeforeTheNumberTellsOfWhatCameTwice) {
    testing::RunBuilder run = opened();
    run.send(C, kData, 1, 1, 5).held(4).delivered(4);
    run.send(S, Flags::kAck, 1, 6).held(5);
    run.again(4).held(6).delivered(6);
    run.send(S, Flags::kAck, 1, 6);
    add_sack(run, {{1, 6}});
    const Sample sample(run.trace);
    EXPECT_EQ(sample.told(7),
              "A duplicate ACK: the server repeats ack 6. SACK says that octets 1-5 came twice "
              "(D-SACK).");
}

TEST(TellAck, AnotherWindowIsNoDuplicateAck) {
    testing::RunBuilder run = opened();
    run.send(C, kData, 1, 1, 5).held(4).delivered(4);
    run.send(S, Flags::kAck, 1, 6).held(5).delivered(5);
    run.send(S, Flags::kAck, 1, 6);
    change_last(run, [](Segment& segment) { segment.window = 1024; });
    const Sample sample(run.trace);
    EXPECT_EQ(sample.told(6),
              "The server repeats ack 6, for nothing new has come in order, and offers a window of "
              "1024 × 128 = 131072 octets.");
}

TEST(TellAck, TheWindowIsScaledWhereBothSynsSaySo) {
    testing::RunBuilder run = opened();
    run.send(C, kData, 1, 1, 5).held(4).delivered(4);
    run.send(S, Flags::kAck, 1, 6);
    change_last(run, [](Segment& segment) { segment.window = 64; });
    const Sample sample(run.trace);
    EXPECT_EQ(sample.told(5),
              "The server acknowledges everything before 6 and offers a window of 64 × 128 = 8192 "
              "octets.");
    EXPECT_NE(sample.numbers(5).find("window: 64 × 128 = 8192 octets"), std::string::npos)
        << sample.numbers(5);
    EXPECT_EQ(sample.numbers(2).find("window:"), std::string::npos)
        << "a SYN's own window is never scaled: " << sample.numbers(2);
}

TEST(TellAck, WithoutTheOptionInBothNothingIsScaled) {
    testing::RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1);
    change_last(run, [](Segment& segment) { segment.options.clear(); });
    run.send(C, Flags::kAck, 1, 1).send(C, kData, 1, 1, 5).send(S, Flags::kAck, 1, 6);
    const Sample sample(run.trace);
    EXPECT_EQ(sample.told(5),
              "The server acknowledges everything before 6 and offers a window of 512 octets.");
}

TEST(TellAck, WithoutTheSynsTheFieldIsToldAsItIs) {
    testing::RunBuilder run;
    run.send(C, kData, 1, 1, 5).send(S, Flags::kAck, 1, 6);
    const Sample sample(run.trace);
    EXPECT_NE(sample.told(2).find("offers a window of unknown scale (window field 512)."),
              std::string::npos)
        << sample.told(2);
    EXPECT_EQ(sample.numbers(2).find("window:"), std::string::npos) << sample.numbers(2);
}

}  // namespace
}  // namespace tcpstep::view
