#include "app/cli/prompt.hpp"

#include <gtest/gtest.h>

#include "app/view/columns.hpp"
#include "app/view/say.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::cli {
namespace {

using namespace std::chrono_literals;
using model::Flags;
using model::Role;
using model::State;
using testing::RunBuilder;

// The SYN is held; both ends are blocked.
RunBuilder syn_held() {
    RunBuilder run(true);
    run.call(Role::Server, "listen", {{"fd", std::int64_t{3}}}).returns(Role::Server, "listen", 0);
    run.call(Role::Server, "accept").call(Role::Client, "connect");
    run.send(Role::Client, Flags::kSyn, 0, 0).fact(model::SegmentHeld{1, 0}, true);
    run.sample(Role::Client, State::SynSent, 1, "retransmit", 900);
    run.sample(Role::Server, State::Listen);
    return run;
}

std::string prompt(const RunBuilder& run, model::Duration later, std::size_t columns = 80,
                   bool automatic = false) {
    ConnectionsNow connections(run.trace);
    connections.catch_up();
    return prompt_line(connections, automatic, run.trace.events().back().time + later, columns,
                       view::say(view::Text::StepKeys));
}

TEST(Prompt, ShowsBothEndsAndTheHeldSegmentBetweenThem) {
    EXPECT_EQ(prompt(syn_held(), 3200ms),
              "SYN_SENT= connect 3.2 s --[1 S 0:0(0)]--> LISTEN= accept 3.2 s  ? keys");
}

TEST(Prompt, SaysMoreWhereThereIsRoom) {
    EXPECT_EQ(prompt(syn_held(), 3200ms, 120),
              "client SYN_SENT (kernel agrees) connect 3.2 s --[1 S 0:0(0)]--> server LISTEN "
              "(kernel agrees) accept 3.2 s  ? keys");
}

TEST(Prompt, SaysLessWhereThereIsNot) {
    const RunBuilder run = syn_held();
    EXPECT_EQ(prompt(run, 3200ms, 70),
              "SYN_SENT= connect 3.2 s --[1 S]--> LISTEN= accept 3.2 s  ? keys");
    EXPECT_EQ(prompt(run, 3200ms, 60), "SYN_SENT= connect 3.2 s --[1 S]--> LISTEN= accept 3.2 s");
    EXPECT_EQ(prompt(run, 3200ms, 30), "--[1 S]-->  ? keys");
    EXPECT_EQ(prompt(run, 3200ms, 15), "--[1 S]-->");
    EXPECT_EQ(prompt(run, 3200ms, 6), "--[1 ");
}

TEST(Prompt, IsNeverAsWideAsTheTerminal) {
    for (std::size_t columns = 1; columns < 200; ++columns) {
        EXPECT_LE(prompt(syn_held(), 10min, columns).size(), std::max<std::size_t>(columns - 1, 1));
    }
}

TEST(Prompt, InChineseIsNotAsWideEither) {
    const testing::InChinese chinese;
    EXPECT_EQ(prompt(syn_held(), 3200ms, 120),
              "客户端 SYN_SENT （内核一致） connect 3.2 s --[1 S 0:0(0)]--> 服务器 LISTEN "
              "（内核一致） accept 3.2 s  ? 按键");
    for (std::size_t columns = 1; columns < 200; ++columns) {
        EXPECT_LE(view::columns(prompt(syn_held(), 10min, columns)),
                  std::max<std::size_t>(columns - 1, 1));
        EXPECT_LE(view::columns(prompt(syn_held(), 10min, columns, true)),
                  std::max<std::size_t>(columns - 1, 1));
    }
}

TEST(Prompt, ShowsWhatTheKernelThinksOfIt) {
    RunBuilder run = syn_held();
    run.sample(Role::Server, State::Closed);
    EXPECT_EQ(prompt(run, 0ms),
              "SYN_SENT= connect 0.0 s --[1 S 0:0(0)]--> LISTEN!CLOSED accept "
              "0.0 s  ? keys");
    EXPECT_NE(prompt(run, 0ms, 160).find("server LISTEN (KERNEL: CLOSED)"), std::string::npos);
}

TEST(Prompt, CountsTheCopiesThatAreAbsorbed) {
    RunBuilder run = syn_held();
    model::Segment copy;
    copy.flags = Flags(Flags::kSyn);
    copy.seq = model::SeqNum(RunBuilder::kClientIss);
    for (const model::SegmentId id : {2U, 3U}) {
        copy.id = id;
        run.fact(model::SegmentSent{copy, 1}, true);
    }
    EXPECT_NE(prompt(run, 0ms).find("--[1 S 0:0(0) again 2x]-->"), std::string::npos)
        << prompt(run, 0ms);
}

TEST(Prompt, CountsNoAbsorbedCopyAsASegment) {
    RunBuilder run = syn_held();
    run.absorbed(1).absorbed(1).delivered(1);
    run.send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1).held(4);
    EXPECT_NE(prompt(run, 0ms).find("<--[2 S. "), std::string::npos) << prompt(run, 0ms);
    run.dropped(4).held(3);
    EXPECT_NE(prompt(run, 0ms).find("--[1c S "), std::string::npos) << prompt(run, 0ms);
    run.dropped(3).again(4).held(5, 400);
    EXPECT_NE(prompt(run, 0ms).find("the arrival of segment 3"), std::string::npos)
        << prompt(run, 0ms);
}

TEST(Prompt, SaysWhatIsAwaited) {
    RunBuilder run = syn_held();
    run.dropped(1);
    EXPECT_EQ(prompt(run, 100ms),
              "nothing is held; awaited: the client's retransmission timer, 0.7 s  ? keys");
    EXPECT_EQ(prompt(run, 5s),
              "nothing is held; awaited: the client's retransmission timer, 0.0 s  ? keys");
}

TEST(Prompt, NobodyIsAskedAboutWhatPassesByItself) {
    RunBuilder run = syn_held();
    run.fact(model::SegmentHeld{1, 400}, true);
    EXPECT_EQ(prompt(run, 150ms),
              "nothing is held; awaited: the arrival of segment 1, 0.2 s  ? keys");
}

TEST(Prompt, TellsThatTheScriptSteps) {
    EXPECT_NE(prompt(syn_held(), 0ms, 80, true).find("(the script steps, a: stop it)"),
              std::string::npos);
}

TEST(Prompt, BeforeAnyConnection) {
    RunBuilder run;
    run.call(Role::Server, "accept");
    EXPECT_EQ(prompt(run, 2s), "client CLOSED nothing is held server CLOSED accept 2.0 s  ? keys");
}

TEST(Prompt, HelpFitsInto80Columns) {
    std::size_t width = 0;
    for (const char c : prompt_help()) {
        width = c == '\n' ? 0 : width + 1;
        EXPECT_LT(width, 80U);
    }
}

// Two connections at once: the segment that was sent first comes first.
TEST(ConnectionsNow, TheOldestHeldSegmentIsNext) {
    RunBuilder run = syn_held();
    const auto second = run.trace.intern({*model::parse_socket_address("127.0.0.1:1"),
                                          *model::parse_socket_address("127.0.0.1:8000")});
    const auto now = run.trace.events().back().time;
    model::Segment syn;
    syn.id = 2;
    syn.flags = Flags(Flags::kSyn);
    run.trace.append({now + 1ms, second, model::SegmentSent{syn, 0}});
    run.trace.append({now + 1ms, second, model::SegmentHeld{2, 0}});
    ConnectionsNow connections(run.trace);
    connections.catch_up();
    ASSERT_TRUE(connections.next_stop());
    EXPECT_EQ(connections.next_stop()->segment->segment.id, 1U);
    run.trace.append({now + 2ms, 0U, model::SegmentDropped{1}});
    connections.catch_up();
    ASSERT_TRUE(connections.next_stop());
    EXPECT_EQ(connections.next_stop()->connection, second);
    EXPECT_EQ(connections.all()[second].connection.server.state(), State::Listen)
        << "what happened before it began concerns it too";
}

}  // namespace
}  // namespace tcpstep::cli
