// The words of the panels: calls, the bytes, the marks on the scrub bar and what
// just happened, all of one sample run.
#include <gtest/gtest.h>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/octets/segment_bytes.hpp"
#include "app/view/scrub_marks.hpp"
#include "app/view/segment_text.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using namespace std::chrono_literals;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    std::string sentence(std::size_t event, bool raw = false) const {
        return tell_event(timeline, index, event, raw).sentence;
    }
    std::string told(SegmentId id, bool raw = false) const {
        return sentence(*timeline.event_of_segment(id), raw);
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

TEST(CallText, HidesDescriptorsAndNamesBareNumbers) {
    EXPECT_EQ(call_text({1, S, "listen", {{"fd", std::int64_t{4}}, {"backlog", std::int64_t{10}}}}),
              "listen(backlog 10)");
    EXPECT_EQ(call_text({1,
                         C,
                         "connect",
                         {{"fd", std::int64_t{5}}, {"address", std::string("127.0.0.1:8000")}}}),
              "connect(127.0.0.1:8000)");
    EXPECT_EQ(call_text({1, C, "socket", {}}), "socket()");
    EXPECT_EQ(call_text({1, C, "close", {{"fd", std::int64_t{5}}}}), "close(5)");
    EXPECT_EQ(call_text({1, C, "dup", {{"fd", std::int64_t{5}}}}), "dup(5)");
}

TEST(CallText, TellsOfProcessesAsStraceDoes) {
    EXPECT_EQ(process_mark(0), "");
    EXPECT_EQ(process_mark(4711), "[4711] ");
    EXPECT_EQ(call_text({1, S, "fork", {}}), "fork()");
    EXPECT_EQ(call_text({1, S, "waitpid", {{"pid", std::int64_t{4711}}}}), "waitpid(pid 4711)");
    EXPECT_EQ(call_text({1, S, "exit", {{"status", std::int64_t{0}}}, 4711}), "exit(status 0)");
    EXPECT_EQ(result_text({1, S, "exit", 0, ""}), "= ?") << "it never returns";
    EXPECT_EQ(caller_word(S, 0), "server");
    EXPECT_EQ(caller_word(S, 4711), "server's child 4711");
}

TEST(CallText, QuotesDataAndEscapesAllThatIsNotOurs) {
    EXPECT_EQ(call_text({1, C, "send", {{"data", std::string("hello \"back\" é\n")}}}),
              R"(send("hello \"back\" é\n"))");
    EXPECT_EQ(call_text({1, C, "send", {{"data", std::string(1000, 'x')}}}),
              "send(\"" + std::string(32, 'x') + "\"…)");
    EXPECT_EQ(call_text({1, C, "a\nb", {{"address", std::string("\x1b[2J")}}}), R"(a\nb(\x1b[2J))");
    EXPECT_EQ(result_text({1, C, "send", -1, "E\a"}), R"(E\x07)");
}

TEST(CallListOf, ShowsWhatReturnedAndWhatWaits) {
    const Sample sample(testing::held_handshake());
    const CallList list = call_list(sample.timeline, sample.index, C, sample.timeline.size(), 10);
    ASSERT_EQ(list.lines.size(), 2U);
    EXPECT_EQ(list.lines[0].outcome, "= 5");
    EXPECT_EQ(list.lines[1].outcome, "blocked 2 s …");
    EXPECT_EQ(list.lines[1].kind, CallOutcome::Blocked);
}

TEST(CallListOf, ABlockedCallTicksWhileTheRunGoesOn) {
    const Sample sample(testing::held_handshake());
    const std::size_t end = sample.timeline.size();
    const Time entered = sample.timeline.event(sample.index.calls(C)[1].entered).time;
    struct Case {
        std::chrono::milliseconds blocked;
        const char* words;
        std::chrono::milliseconds changes_in;
    };
    for (const Case& c :
         {Case{20ms, "…", 80ms}, Case{100ms, "blocked 0.1 s …", 100ms},
          Case{3270ms, "blocked 3.2 s …", 30ms}, Case{9999ms, "blocked 9.9 s …", 1ms},
          Case{10400ms, "blocked 10 s …", 600ms}, Case{125000ms, "blocked 2 min 5 s …", 1000ms}}) {
        const CallList list =
            call_list(sample.timeline, sample.index, C, end, 10, entered + c.blocked);
        EXPECT_EQ(list.lines[1].outcome, c.words);
        EXPECT_EQ(list.changes_in, c.changes_in) << c.words;
    }
    const CallList past = call_list(sample.timeline, sample.index, C, end, 10);
    EXPECT_EQ(past.lines[1].outcome, "blocked 2 s …");
    EXPECT_FALSE(past.changes_in.has_value());
    // The sooner of both ends' calls; those that have returned never change.
    EXPECT_FALSE(call_list(sample.timeline, sample.index, C, 11, 10, entered).changes_in);
}

TEST(CallListOf, KnowsNothingOfWhatComesLater) {
    const Sample sample(testing::whole_run());
    EXPECT_TRUE(call_list(sample.timeline, sample.index, C, 0, 10).lines.empty());
    const CallList list = call_list(sample.timeline, sample.index, S, 2, 10);
    ASSERT_EQ(list.lines.size(), 1U);
    EXPECT_EQ(list.lines[0].kind, CallOutcome::Blocked);
    EXPECT_TRUE(list.lines[0].now);
}

TEST(CallListOf, KeepsTheLastAndCountsTheRest) {
    const Sample sample(testing::whole_run());
    const CallList list = call_list(sample.timeline, sample.index, S, sample.timeline.size(), 3);
    EXPECT_EQ(list.lines.size(), 3U);
    EXPECT_EQ(list.earlier, 5U);
    EXPECT_EQ(list.lines.back().call, "close(6)");
}

TEST(CallListOf, AFailedCallNamesItsErrno) {
    testing::RunBuilder run;
    run.call(C, "connect").send(C, Flags::kSyn, 0, 0).returns(C, "connect", -1, "ECONNREFUSED");
    const Sample sample(run.trace);
    const CallList list = call_list(sample.timeline, sample.index, C, sample.timeline.size(), 3);
    EXPECT_EQ(list.lines[0].outcome, "ECONNREFUSED");
    EXPECT_EQ(list.lines[0].kind, CallOutcome::Failed);
}

TEST(SegmentBytesOf, GroupTheHeaderByField) {
    const Sample sample(testing::whole_run());
    const Segment& syn_ack = *sample.timeline.segment(2);
    const octets::SegmentBytes bytes =
        octets::segment_bytes(syn_ack, base_of(sample.timeline.at(20), S, false), "SEGMENT 2b");
    EXPECT_EQ(bytes.title, "SEGMENT 2b");
    EXPECT_EQ(bytes.extent, "40 header bytes");
    ASSERT_EQ(bytes.fields.size(), 9U);
    EXPECT_EQ(bytes.fields[0].bytes, "1f 40");
    EXPECT_EQ(bytes.fields[0].value, "8000");
    EXPECT_EQ(bytes.fields[2].bytes, "ae 79 21 b3");
    EXPECT_EQ(bytes.fields[2].value, "2927174067   relative 0");
    EXPECT_EQ(bytes.fields[3].value, "1720913140   relative 1");
    EXPECT_EQ(bytes.fields[4].bytes, "a0 12");
    EXPECT_EQ(bytes.fields[4].name, "Flags 0x012");
    EXPECT_EQ(bytes.fields[4].value,
              "SYN: synchronize sequence numbers   ACK: acknowledgment field is significant");
    EXPECT_EQ(bytes.options,
              "MSS 65495 · SACK permitted · Timestamps 255474104/0 · Window scale 7 (×128)");
}

TEST(SegmentBytesOf, WorksBehindAnIpv6Header) {
    const Sample sample(testing::whole_run(true));
    const octets::SegmentBytes bytes = octets::segment_bytes(*sample.timeline.segment(1), {}, "");
    ASSERT_EQ(bytes.fields.size(), 9U);
    EXPECT_EQ(bytes.fields[1].bytes, "1f 40");
}

TEST(SegmentBytesOf, AShortHeaderEndsWithItsLastWholeField) {
    Segment segment = *Sample(testing::whole_run()).timeline.segment(1);
    segment.headers.resize(20 + 9);
    EXPECT_EQ(octets::segment_bytes(segment, {}, "").fields.size(), 3U);
}

TEST(SegmentBytesOf, WithoutBytesTellsTheValuesOfTheTrace) {
    const Sample sample(testing::whole_run());
    Segment segment = *sample.timeline.segment(2);
    segment.headers.clear();
    const octets::SegmentBytes bytes =
        octets::segment_bytes(segment, base_of(sample.timeline.at(20), S, false), "");
    EXPECT_EQ(bytes.extent, "no bytes in this trace");
    std::vector<std::string> boxes;
    for (const octets::ByteField& field : bytes.fields) boxes.push_back(field.bytes);
    ASSERT_EQ(boxes, (std::vector<std::string>{"seq 2927174067", "ack 1720913140", "SYN, ACK",
                                               "win 65495"}));
    EXPECT_EQ(bytes.fields[1].value, "1720913140   relative 1");
    EXPECT_EQ(bytes.fields[2].name, "Flags 0x012");
    EXPECT_FALSE(bytes.options.empty());
    segment.flags = Flags(Flags::kSyn);
    EXPECT_EQ(octets::segment_bytes(segment, {}, "").fields.size(),
              3U);  // no ack without the flag
}

TEST(SegmentBytesOf, HeadersThatAreNoneAreAsGoodAsAbsent) {
    Segment segment = *Sample(testing::whole_run()).timeline.segment(1);
    segment.headers = {0x00, 0x01};
    EXPECT_EQ(octets::segment_bytes(segment, {}, "").extent, "no bytes in this trace");
    EXPECT_EQ(octets::segment_bytes(segment, {}, "").fields.size(), 3U);
}

TEST(ScrubMarksOf, OnePerStepAndASegmentStandsOut) {
    const Sample sample(testing::whole_run());
    const auto marks = scrub_marks(sample.timeline, sample.index, 1000);
    EXPECT_EQ(marks.size(), sample.index.steps().size());
    EXPECT_EQ(
        std::count_if(marks.begin(), marks.end(), [](const ScrubMark& m) { return m.segment; }),
        11);
    for (std::size_t i = 1; i < marks.size(); ++i) EXPECT_LT(marks[i - 1].at, marks[i].at);
    EXPECT_LE(marks.back().at, 1);
}

TEST(ScrubMarksOf, AreNeverMoreThanTheBarCanShow) {
    const Sample sample(testing::whole_run());
    EXPECT_LE(scrub_marks(sample.timeline, sample.index, 10).size(), 10U);
    EXPECT_TRUE(scrub_marks(sample.timeline, sample.index, 0).empty());
}

TEST(ScrubMarksOf, WhatStandsOutInAHeldRun) {
    const Sample sample(testing::busy_wire());
    const auto marks = scrub_marks(sample.timeline, sample.index, 1000);
    const auto mark_of_event = [&](std::size_t event) {
        const auto& steps = sample.index.steps();
        return marks[static_cast<std::size_t>(std::find(steps.begin(), steps.end(), event) -
                                              steps.begin())];
    };
    EXPECT_EQ(mark_of_event(20).colour, ColourRole::Syn);   // a copy that is needed
    EXPECT_EQ(mark_of_event(19).colour, ColourRole::Rst);   // a loss
    EXPECT_EQ(mark_of_event(40).colour, ColourRole::Data);  // a duplicate
    EXPECT_EQ(mark_of_event(51).colour, ColourRole::Rst);   // a reset of ours
    EXPECT_FALSE(mark_of_event(22).segment);                // an arrival
}

TEST(PositionAt, AndBack) {
    for (std::size_t position = 0; position <= 46; ++position) {
        EXPECT_EQ(position_at(fraction_of(position, 46), 46), position);
    }
    EXPECT_EQ(position_at(-1, 46), 0U);
    EXPECT_EQ(position_at(2, 46), 46U);
    EXPECT_EQ(fraction_of(0, 0), 0);
}

TEST(TellEvent, TellsTheHandshakeWithItsNumbers) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(sample.told(1),
              "The client asks for a connection: a SYN with its initial sequence number "
              "1720913139, shown as 0. "
              "A SYN carries no data, but it takes one sequence number.");
    EXPECT_EQ(sample.told(2),
              "The server answers the SYN with one segment that does two jobs: it acknowledges the "
              "client's "
              "sequence number (ack = 0 + 1) and offers its own, 2927174067.");
    EXPECT_EQ(sample.told(3),
              "The client acknowledges the server's SYN (ack = 0 + 1). Now both ends know that the "
              "other one "
              "hears them: the connection is open.");
}

TEST(TellEvent, TellsDataAndTheClose) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(sample.told(4),
              "The client sends 5 octets of data, sequence numbers 1 to 5. ack 1 says that it "
              "expects octet 1 next.");
    EXPECT_EQ(
        sample.told(5),
        "The server acknowledges everything before 6 and offers a window of 512 × 128 = 65536 "
        "octets.");
    EXPECT_EQ(sample.told(8),
              "The client has nothing more to send: its FIN takes sequence number 6. It can still "
              "receive.");
    EXPECT_EQ(sample.told(9),
              "The server acknowledges the client's FIN (ack = 6 + 1): it knows that nothing more "
              "will come from there.");
}

// Whether it learns of it at once or, held in flight, later.
TEST(TellEvent, AnAckOfAFinIsTold) {
    for (const bool gated : {false, true}) {
        testing::RunBuilder run(gated);
        run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
        run.send(C, Flags::kAck, 1, 1).send(C, Flags::kFin | Flags::kAck, 1, 1);
        run.send(S, Flags::kAck, 1, 2).send(S, Flags::kAck, 1, 2);
        const Sample sample(run.trace);
        EXPECT_EQ(sample.told(5).find("The server acknowledges the client's FIN (ack = 1 + 1)"), 0U)
            << sample.told(5);
        EXPECT_EQ(sample.told(6).find("A duplicate ACK: the server repeats ack 2."), 0U)
            << sample.told(6);
    }
}

TEST(TellEvent, AfterTheSecondFinNothingComesAnyMore) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(sample.told(10),
              "The server has nothing more to send: its FIN takes sequence number 6. The client's "
              "FIN has come before: nothing more comes from there either.");
}

TEST(TellEvent, OneIsNotMany) {
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 1).send(C, Flags::kFin | Flags::kAck, 2, 1, 1);
    run.fact(SegmentsLost{1}).fact(SegmentsLost{2});
    const Sample sample(run.trace);
    EXPECT_EQ(sample.told(3).find("The client sends 1 octet of data, sequence number 1. ack 1"), 0U)
        << sample.told(3);
    EXPECT_EQ(sample.told(4).find("The last octet of data goes out. "), 0U) << sample.told(4);
    EXPECT_EQ(sample.sentence(5).find("The capture lost 1 segment:"), 0U);
    EXPECT_EQ(sample.sentence(6).find("The capture lost 2 segments:"), 0U);
}

TEST(TellEvent, EscapesWhatComesFromOutside) {
    testing::RunBuilder run;
    run.fact(Marker{"note", "a\n\x1b[31m"}).fact(Unrecognized{"x\ty", "{}"});
    run.call(C, "send", {{"data", std::string("hello\n")}});
    const Sample sample(run.trace);
    EXPECT_EQ(sample.sentence(1), R"(a\n\x1b[31m)");
    EXPECT_NE(sample.sentence(2).find(R"(x\ty)"), std::string::npos);
    EXPECT_EQ(sample.sentence(3).find(R"(The client calls send("hello\n").)"), 0U);
}

TEST(TellEvent, RawNumbersAreThoseOfTheHeader) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(
        sample.told(5, true),
        "The server acknowledges everything before 1720913145 and offers a window of 512 × 128 "
        "= 65536 octets.");
}

TEST(TellEvent, TellsWhatChangedAndWhere) {
    const Sample sample(testing::whole_run());
    const Happening happening =
        tell_event(sample.timeline, sample.index, *sample.timeline.event_of_segment(2), false);
    ASSERT_EQ(happening.changes.size(), 1U);
    EXPECT_EQ(happening.changes[0].text, "client: SYN_SENT → ESTABLISHED · RFC 9293 3.10.7.3");
    EXPECT_EQ(happening.changes[0].colour, ColourRole::Client);
    EXPECT_EQ(happening.after, "10 µs after the event before");
}

TEST(TellEvent, TellsWhatTheGateDid) {
    const Sample sample(testing::busy_wire());
    const auto tells = [&](std::size_t event, const char* words) {
        EXPECT_EQ(sample.sentence(event), words) << event;
    };
    tells(13, "Segment 1 (SYN) is held in flight; the server has not seen it yet.");
    tells(17,
          "The client sends segment 1 again: its timer ran out, though nothing is lost. The "
          "gate absorbs the copy.");
    tells(19,
          "Segment 2 (SYN, ACK) is lost; the client will never see it. No acknowledgment of it "
          "will come, so the server will send it again.");
    tells(20,
          "Segment 1b is segment 1 sent again. It was absorbed while that, or the answer to it, "
          "was in flight; now it is needed. Segment 1b (SYN) is held in flight; the server has "
          "not seen it yet.");
    tells(21, "The gate drops the copy that it absorbed of segment 1: nobody waits for it.");
    tells(27, "Segment 4 (ACK) is in flight: in slow motion it takes 400 ms to the server.");
    tells(28,
          "Segment 4 (ACK) reaches the server. Now both ends know that the other one hears "
          "them: the connection is open.");
    tells(39,
          "Segment 5 (PSH, ACK · 5 octets) is held back: the server will see segment 6 (PSH, "
          "ACK · 5 octets) before it.");
    tells(40, "A copy of segment 5 (PSH, ACK · 5 octets) is on its way to the server.");
    tells(48,
          "Segment 7 (PSH, ACK · 5 octets) is lost; the server will never see it. But the "
          "server already has what was in it: nothing is missing.");
    tells(51,
          "A RST that neither end sent is on its way to the client. It pretends to come from "
          "the server.");
    tells(52, "Segment 10 (RST) is held back: the client will see another one first.");
}

TEST(TellEvent, TellsWhereAServerKeepsNothing) {
    testing::RunBuilder run(true);
    run.call(S, "listen", {{"fd", std::int64_t{3}}}).returns(S, "listen", 0);
    run.fact(ListenerSampled{0, 0, 1}).send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
    const std::size_t asked = run.trace.events().size() - 1;
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3);
    const testing::RunBuilder in_flight = run;
    const std::size_t answered = run.trace.events().size();
    const auto sentence = [&](const testing::RunBuilder& told, std::size_t event) {
        return Sample(told.trace).sentence(event);
    };
    testing::RunBuilder full = in_flight;
    full.fact(ListenerSampled{1, 0, 0}).delivered(3);
    testing::RunBuilder room = in_flight;
    room.fact(ListenerSampled{0, 0, 0}).delivered(3);
    EXPECT_EQ(sentence(full, asked),
              "Segment 1 (SYN) reaches the server. The server's queue of requests has no room: it "
              "will answer with a cookie as its first number, and keeps nothing of this "
              "connection. It stays in LISTEN.");
    EXPECT_EQ(sentence(full, answered + 1),
              "Segment 3 (ACK) reaches the server. It brings the cookie back, but the accept queue "
              "is full: the server throws it away, and has nothing of a connection that the client "
              "takes for open.");
    EXPECT_EQ(sentence(room, answered + 1),
              "Segment 3 (ACK) reaches the server. It brings the cookie back: from that alone the "
              "server makes its end of the connection. Now both ends know that the other one hears "
              "them: the connection is open.");
}

TEST(TellEvent, TellsWhereAnArrivalOpensNothing) {
    testing::RunBuilder run(true);
    run.call(S, "setsockopt",
             {{"fd", std::int64_t{3}}, {"option", "TCP_DEFER_ACCEPT"}, {"value", std::int64_t{30}}})
        .returns(S, "setsockopt", 0);
    run.call(S, "listen", {{"fd", std::int64_t{3}}}).returns(S, "listen", 0);
    run.send(C, Flags::kSyn, 0, 0).held(1);
    testing::RunBuilder reused = run;
    run.delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3).delivered(3);
    const std::size_t arrived = run.trace.events().size() - 1;
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 5).held(4).delivered(4);
    const Sample sample(run.trace);
    EXPECT_EQ(sample.sentence(arrived),
              "Segment 3 (ACK) reaches the server. The server sets it aside: with TCP_DEFER_ACCEPT "
              "an ACK without data does not end the handshake, and it stays in SYN_RCVD.");
    const std::string data = sample.sentence(run.trace.events().size() - 1);
    EXPECT_EQ(data.find("TCP_DEFER_ACCEPT"), std::string::npos) << data;

    reused.fact(SegmentDelivered{1, 2});
    EXPECT_EQ(Sample(reused.trace).sentence(reused.trace.events().size() - 1),
              "Segment 1 (SYN) reaches the server. The server's socket between these ports is that "
              "of another connection, number 2 of them: there this one is a stray, and at most "
              "answered.");
}

TEST(TellEvent, TellsWhatFollowsALossOnlyIfItIsCertain) {
    testing::RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.delivered(2).send(C, Flags::kAck, 1, 1).dropped(3);                    // event 6
    run.injected(S, Flags::kRst, 1).dropped(4);                                // 8
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 5).duplicated(5).dropped(5);  // 11
    run.dropped(6);                                                            // 12
    const Sample sample(run.trace);
    const auto follows = [&](std::size_t event) {
        const std::string text = sample.sentence(event);
        const std::size_t end = text.find("will never see it.");
        return text.substr(std::min(end + 18, text.size()));
    };
    EXPECT_EQ(follows(6),
              " An ACK is not sent again by itself; but the server waits for it, sends "
              "its own segment again, and so gets another.");
    EXPECT_EQ(follows(8), " Neither end knows that it ever was.");
    EXPECT_EQ(follows(11), "");  // its copy will do
    EXPECT_EQ(follows(12), " No acknowledgment of it will come, so the client will send it again.");
}

TEST(TellEvent, TellsThatTimeWaitIsOver) {
    testing::RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1).send(C, Flags::kFin | Flags::kAck, 1, 1);
    run.send(S, Flags::kFin | Flags::kAck, 1, 2).send(C, Flags::kAck, 2, 2);
    run.later(60s).sample(C, State::Closed);
    const Sample sample(run.trace);
    EXPECT_EQ(sample.sentence(7),
              "The kernel says the client is in CLOSED. Its 60 s in TIME_WAIT "
              "are over.");
    EXPECT_TRUE(sample.index.is_step(7));
}

TEST(TellEvent, TellsEveryEventOfEveryRun) {
    for (const Trace& trace : {testing::whole_run(), testing::held_handshake(),
                               testing::impatient_handshake(), testing::busy_wire()}) {
        const Sample sample(trace);
        for (std::size_t i = 0; i < sample.timeline.size(); ++i)
            EXPECT_FALSE(sample.sentence(i).empty()) << i;
    }
}

TEST(TellEvent, TellsCallsWithTheirTime) {
    const Sample sample(testing::whole_run());
    EXPECT_EQ(sample.sentence(2), "The server's socket() returns 4 after 10 µs.");
    testing::RunBuilder run;
    run.call(C, "recv").returns(C, "recv", 0);
    const Sample closed(run.trace);
    EXPECT_EQ(closed.sentence(2),
              "The client's recv() returns 0 after 10 µs. 0 is the end of the stream: a FIN has "
              "come, and all data before it was read.");
}

}  // namespace
}  // namespace tcpstep::view
