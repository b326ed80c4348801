// What stands behind an event: its rule, cause and numbers, in both languages.
#include "app/view/event_more.hpp"

#include <gtest/gtest.h>

#include "app/view/event_sentence.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    std::vector<MoreLine> more(std::size_t event, bool raw = false) const {
        return tell_more(timeline, index, event, raw);
    }
    std::string line(std::size_t event, const std::string& label, bool raw = false) const {
        std::string all;
        for (const MoreLine& line : more(event, raw)) {
            if (line.label != label) continue;
            all += (all.empty() ? "" : " | ") + (line.source.empty() ? "" : line.source + ": ") +
                   line.text;
        }
        return all;
    }
    template <class Kind>
    std::size_t find(std::size_t nth = 0) const {
        for (std::size_t i = 0; i < timeline.size(); ++i)
            if (std::holds_alternative<Kind>(timeline.event(i).fact) && nth-- == 0) return i;
        ADD_FAILURE() << "no such event";
        return 0;
    }
    std::size_t sent(SegmentId id) const { return *timeline.event_of_segment(id); }
    std::size_t delivered(SegmentId id) const { return index.landing(id)->event; }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

TEST(TellMore, GivesTheRuleTheCauseAndTheNumbersOfAStateChange) {
    const Sample sample(testing::held_handshake());
    const std::size_t arrival = sample.delivered(1);
    EXPECT_TRUE(sample.line(arrival, "Rule").starts_with("RFC 9293 3.10.7.2 · LISTEN STATE: "))
        << sample.line(arrival, "Rule");
    EXPECT_EQ(sample.line(arrival, "Cause"), "Segment 1 (SYN) reached the server.");
    const std::string numbers = sample.line(arrival, "Numbers");
    EXPECT_NE(numbers.find("segment 1: S 0:0(0) win "), std::string::npos) << numbers;
    EXPECT_NE(numbers.find("in the header: seq 1720913139"), std::string::npos) << numbers;
    EXPECT_NE(numbers.find(" in flight"), std::string::npos) << numbers;
    EXPECT_NE(numbers.find("server: RCV.NXT unknown → 1"), std::string::npos) << numbers;
    EXPECT_NE(sample.line(arrival, "Linux").find("stays in LISTEN"), std::string::npos);
}

TEST(TellMore, ShowsWhatTheFileSaysBesides) {
    Trace trace = testing::held_handshake();
    for (std::size_t i = 0; i < trace.events().size(); ++i) {
        if (std::holds_alternative<SegmentSent>(trace.events()[i].fact)) {
            trace.unknown.records[{i, 0}] = {{"/data", "colour", "\"red\""}};
            trace.unknown.records[{i, 1}] = {{"/data", "mood", "true"}};
            break;
        }
    }
    Event strange{trace.events().back().time, 0, Unrecognized{"vendor:x", "{\"a\":[1]}"}};
    trace.append(std::move(strange));
    const std::size_t last = trace.events().size() - 1;
    trace.unknown.records[{last, 0}] = {{"", "path", "7"}};
    const Sample sample(std::move(trace));
    EXPECT_EQ(sample.line(last, "Unknown here"), "data = {\"a\":[1]} · path = 7");
    EXPECT_EQ(sample.line(sample.sent(1), "Unknown here"), "colour = \"red\" · mood = true");
    EXPECT_EQ(sample.line(sample.delivered(1), "Unknown here"), "");
}

TEST(TellMore, NamesTheCallThatMadeAnEndSend) {
    const Sample sample(testing::held_handshake());
    EXPECT_EQ(sample.line(sample.sent(1), "Cause"),
              "The client's process called connect(127.0.0.1:8000). The client sent segment 1 "
              "(SYN).");
}

TEST(TellMore, CountsFromTheInitialNumbersUnlessRaw) {
    const Sample sample(testing::held_handshake());
    EXPECT_NE(sample.line(sample.sent(1), "Numbers").find("client: SND.NXT unknown → 1"),
              std::string::npos)
        << sample.line(sample.sent(1), "Numbers");
    EXPECT_NE(
        sample.line(sample.sent(1), "Numbers", true).find("client: SND.NXT unknown → 1720913140"),
        std::string::npos)
        << sample.line(sample.sent(1), "Numbers", true);
}

TEST(TellMore, SaysWhatBecomesOfDataByItsSequenceNumbers) {
    constexpr auto kData = Flags::kPsh | Flags::kAck;
    testing::RunBuilder run(true);
    run.call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    run.send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3).delivered(3);
    run.send(C, kData, 1, 1, 5).held(4);
    run.send(C, kData, 6, 1, 5).held(5);
    run.delivered(5).delivered(4);
    run.again(4).held(6).delivered(6);
    const Sample sample(run.trace);
    EXPECT_NE(sample.line(sample.delivered(5), "Rule").find("duplicate ACK"), std::string::npos);
    EXPECT_NE(sample.line(sample.delivered(5), "Numbers").find("server: RCV.NXT stays 1"),
              std::string::npos)
        << sample.line(sample.delivered(5), "Numbers");
    EXPECT_NE(sample.line(sample.delivered(4), "Rule").find("begins at RCV.NXT"),
              std::string::npos);
    EXPECT_NE(sample.line(sample.delivered(4), "Numbers").find("server: RCV.NXT 1 → 11"),
              std::string::npos)
        << sample.line(sample.delivered(4), "Numbers");
    EXPECT_NE(sample.line(sample.delivered(6), "Rule").find("was had before"), std::string::npos);
    EXPECT_NE(sample.line(sample.sent(6), "Rule").find("3.8.1 · Retransmission Timeout"),
              std::string::npos);
}

TEST(TellMore, SaysOfWhatCameTwiceWhatLinuxAnswers) {
    testing::RunBuilder run(true);
    run.call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    run.send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2);
    run.again(1).held(3).delivered(3);
    run.delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(4).delivered(4);
    run.again(1).held(5).delivered(5);
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 5).held(6).delivered(6);
    run.again(6).held(7).delivered(7);
    const Sample sample(run.trace);
    const auto linux_does = [&](SegmentId id) {
        return sample.line(sample.delivered(id), "Linux");
    };
    EXPECT_NE(linux_does(3).find("repeats its SYN, ACK"), std::string::npos) << linux_does(3);
    EXPECT_NE(linux_does(5).find("challenge ACK"), std::string::npos) << linux_does(5);
    EXPECT_NE(linux_does(7).find("D-SACK"), std::string::npos) << linux_does(7);
}

TEST(TellMore, TellsWhatACallIsToTheRfcAndHowLongItTook) {
    const Sample sample(testing::whole_run());
    const std::size_t returned = sample.find<CallReturned>();
    EXPECT_NE(sample.line(returned, "Numbers").find("the call took "), std::string::npos);
    EXPECT_NE(sample.line(returned, "Rule").find("POSIX: "), std::string::npos)
        << sample.line(returned, "Rule");
}

// Each event of every sample run, and each kind of fact there is, in both languages.
void expect_told(const Sample& sample) {
    for (std::size_t i = 0; i < sample.timeline.size(); ++i) {
        const std::string sentence = tell_event(sample.timeline, sample.index, i, false).sentence;
        EXPECT_FALSE(sentence.empty()) << "event " << i;
        EXPECT_EQ(sentence.find_first_of("{}"), std::string::npos) << sentence;
        const auto more = sample.more(i);
        ASSERT_FALSE(more.empty()) << "event " << i << ": " << sentence;
        EXPECT_FALSE(more[0].source.empty()) << sentence;
        for (const MoreLine& line : more) {
            EXPECT_FALSE(line.label.empty() || line.text.empty()) << sentence;
            EXPECT_EQ((line.source + line.text).find_first_of("{}"), std::string::npos)
                << line.text;
        }
    }
}

Trace of_every_kind() {
    testing::RunBuilder run;
    run.fact(Marker{"note", "a note"});
    run.fact(DatagramSent{C, {}, {}, 5, {}});
    run.fact(IcmpErrorSent{S, 3, 3, {}, {}});
    run.fact(ListenerSampled{1, 10, 0});
    run.fact(SegmentsLost{3});
    run.fact(PredictionChecked{1, S, Asked::NextState, {"LISTEN"}, "LISTEN", "LISTEN"}, true);
    run.fact(ClaimChecked{
        "x", "A claim.", "论断。", true, {{5, "tcp:segment_sent", 1, 0, "", ""}}, "", ""});
    run.fact(Unrecognized{"new:event", "null"});
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::SynSent, 1, "retransmit", 900);
    return run.trace;
}

TEST(TellMore, SaysWhyAnAckOpensNothing) {
    const auto third = [](testing::RunBuilder run, const Fact& before) {
        run.send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
        run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).delivered(2);
        run.send(C, Flags::kAck, 1, 1).held(3).fact(before).delivered(3);
        const Sample sample(run.trace);
        return sample.line(sample.delivered(3), "Rule") + " | " +
               sample.line(sample.delivered(3), "Linux");
    };
    const auto says = [](const std::string& text, std::string_view words) {
        EXPECT_NE(text.find(words), std::string::npos) << text;
        EXPECT_EQ(text.find("moves SND.UNA"), std::string::npos) << text;
    };
    testing::RunBuilder run(true);
    run.call(S, "socket", {{"domain", "AF_INET"}}).returns(S, "socket", 4);
    testing::RunBuilder deferring = run;
    deferring
        .call(S, "setsockopt",
              {{"fd", std::int64_t{4}}, {"option", "TCP_DEFER_ACCEPT"}, {"value", std::int64_t{3}}})
        .returns(S, "setsockopt", 0);
    for (auto* one : {&run, &deferring})
        one->call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    says(third(deferring, ListenerSampled{0, 4, 1}), "tcp(7) TCP_DEFER_ACCEPT: ");
    says(third(run, ListenerSampled{1, 0, 1}), "listen(2): The accept queue is full");
    run.fact(ListenerSampled{0, 0, 1});  // no room for requests: a cookie
    says(third(run, ListenerSampled{1, 0, 1}), "brings a SYN cookie back, but the accept queue");
}

TEST(TellMore, OfSocketsThatSpeakNoTcpCitesWhatTheySpeak) {
    const std::vector<CallArgument> name = {{"fd", std::int64_t{4}}, {"path", "@name"}};
    const std::vector<CallArgument> accepted = {{"fd", std::int64_t{5}}};
    testing::RunBuilder run;
    run.call(S, "socket", {{"domain", "AF_UNIX"}, {"type", "SOCK_STREAM"}});
    run.returns(S, "socket", 4).call(S, "bind", name).returns(S, "bind", 0);
    run.call(S, "accept", {{"fd", std::int64_t{4}}}).returns(S, "accept", 5);
    run.call(S, "recv", accepted).returns(S, "recv", 0);
    run.call(S, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_DGRAM"}});
    run.returns(S, "socket", 6).call(S, "bind", {{"fd", std::int64_t{6}}});
    run.returns(S, "bind", 0);
    const Sample sample(run.trace);
    const auto rule = [&](std::size_t call) {
        const std::string entered = sample.line(sample.find<CallEntered>(call), "Rule");
        EXPECT_EQ(sample.line(sample.find<CallReturned>(call), "Rule"), entered);
        return entered.substr(0, entered.find(':'));
    };
    for (const std::size_t call : {0U, 1U, 2U, 3U}) EXPECT_EQ(rule(call), "unix(7)") << call;
    EXPECT_EQ(rule(4), "udp(7)");
    EXPECT_EQ(rule(5), "udp(7)");
}

TEST(TellMore, EveryEventHasASentenceAndARuleInBothLanguages) {
    const std::vector<Trace> traces = {testing::whole_run(),           testing::whole_run(true),
                                       testing::held_handshake(),      testing::busy_wire(),
                                       testing::impatient_handshake(), of_every_kind()};
    for (const Trace& trace : traces) {
        const Sample sample(trace);
        expect_told(sample);
        const testing::InChinese chinese;
        expect_told(sample);
    }
}

}  // namespace
}  // namespace tcpstep::view
