#include "model/tracking/sending.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/model/tracking/two_ends.hpp"

namespace tcpstep::model::tracking {
namespace {

Conjecture in(State state, Opened opened = Opened::Actively) {
    Conjecture end;
    end.position = {state, opened};
    return end;
}

Conjecture owing(Conjecture end, Answer answer, const SegmentSummary& to) {
    end.owes = answer;
    end.owed_to = to.id;
    end.owed_seq = to.seq;
    end.owed_ack = to.ack;
    return end;
}

// "close": what the end must have done to send this; "never" if it would not.
std::string what_it_did(const Conjecture& end, const SegmentSummary& segment, const TwoEnds& ends) {
    const auto sending = send(end, segment, ends.view());
    if (!sending) return "never";
    std::string text;
    for (const Step& step : sending->did()) {
        if (!text.empty()) text += ", ";
        text += step.on ? std::string(name(*step.on)) : "is " + std::string(name(step.to));
    }
    return text;
}

TwoEnds client() {
    TwoEnds ends;
    return ends.own("S", 0).other("SA", 0, 1).own("A", 1, 1);
}

TEST(Sending, ASynIsTheFirstThingThatAnEndDoes) {
    TwoEnds ends;
    const SegmentSummary syn = ends.of_own("S", 0);
    EXPECT_EQ(what_it_did(in(State::Unknown), syn, ends), "is CLOSED, active open");
    EXPECT_EQ(what_it_did(in(State::Listen), syn, ends), "active open");
    EXPECT_EQ(what_it_did(in(State::Established), syn, ends), "never");
    ends.own("S", 0);
    EXPECT_EQ(what_it_did(in(State::SynSent), ends.of_own("S", 0), ends), "");
    EXPECT_EQ(what_it_did(in(State::Closed), ends.of_own("S", 0), ends), "never");
}

TEST(Sending, ASynAckAnswersASyn) {
    TwoEnds ends;
    ends.other("S", 0);
    const Conjecture asked =
        owing(in(State::SynRcvd, Opened::Passively), Answer::SynAck, ends.of_other("S", 0));
    EXPECT_EQ(what_it_did(asked, ends.of_own("SA", 0, 1), ends), "");
    EXPECT_EQ(what_it_did(asked, ends.of_own("A", 1, 1), ends), "never");
    // Sent again, it shows that the end is in SYN_RCVD still.
    EXPECT_EQ(what_it_did(in(State::SynRcvd), ends.of_own("SA", 0, 1), ends), "");
    EXPECT_EQ(what_it_did(in(State::Established), ends.of_own("SA", 0, 1), ends), "never");
}

TEST(Sending, OnlyTheEstablishedSendData) {
    TwoEnds ends;
    ends.other("S", 0).own("SA", 0, 1);
    const SegmentSummary data = ends.of_own("PA", 1, 1, 7);
    EXPECT_EQ(what_it_did(in(State::SynRcvd, Opened::Passively), data, ends), "never");
    EXPECT_EQ(what_it_did(in(State::Established), data, ends), "");
    EXPECT_EQ(what_it_did(in(State::SynSent), data, ends), "never");
    EXPECT_EQ(what_it_did(in(State::TimeWait), data, ends), "never");
}

// RFC 7413: the server's SYN,ACK acknowledges data, and it may send at once.
TEST(Sending, WithFastOpenDataComesFromSynRcvdToo) {
    TwoEnds ends;
    ends.other("S", 0, 0, 5).own("SA", 0, 6);
    const Conjecture server = in(State::SynRcvd, Opened::Passively);
    EXPECT_EQ(what_it_did(server, ends.of_own("PA", 1, 6, 7), ends), "");
    EXPECT_EQ(what_it_did(server, ends.of_own("FA", 1, 6), ends), "close");
    EXPECT_EQ(what_it_did(in(State::FinWait1, Opened::Passively), ends.of_own("SA", 0, 6), ends),
              "");
}

// An ACK of the FIN comes from who has taken it, and from nobody else.
TEST(Sending, AFinCountsOnceItIsAcknowledged) {
    TwoEnds ends = client();
    ends.other("FA", 1, 1);
    const SegmentSummary covers = ends.of_own("A", 1, 2);
    const SegmentSummary not_yet = ends.of_own("A", 1, 1);
    EXPECT_EQ(what_it_did(in(State::Established), covers, ends), "never");
    EXPECT_EQ(what_it_did(in(State::CloseWait), covers, ends), "");
    EXPECT_EQ(what_it_did(in(State::CloseWait), not_yet, ends), "never");
    EXPECT_EQ(what_it_did(in(State::Established), not_yet, ends), "");
}

TEST(Sending, AFinSaysThatTheEndWasClosed) {
    TwoEnds ends = client();
    const SegmentSummary fin = ends.of_own("FA", 1, 1);
    EXPECT_EQ(what_it_did(in(State::Established), fin, ends), "close");
    ends.own("FA", 1, 1);
    EXPECT_EQ(what_it_did(in(State::FinWait1), ends.of_own("FA", 1, 1), ends), "");
    // Sent again, it shows that it was not acknowledged yet.
    EXPECT_EQ(what_it_did(in(State::FinWait2), ends.of_own("FA", 1, 1), ends), "never");
}

TEST(Sending, NothingIsSentBehindAFin) {
    TwoEnds ends = client();
    ends.own("PA", 1, 1, 100);
    EXPECT_EQ(what_it_did(in(State::Established), ends.of_own("FA", 1, 1), ends), "never");
    EXPECT_EQ(what_it_did(in(State::Established), ends.of_own("FA", 101, 1), ends), "close");
    EXPECT_EQ(what_it_did(in(State::Established), ends.of_own("FPA", 51, 1, 50), ends), "close");
}

// RFC 9293 3.10.7.1: a RST without ACK answers what came to nobody; with ACK it is an abort's.
TEST(Sending, ARstTellsByItsAckWhatItIs) {
    TwoEnds ends = client();
    const SegmentSummary abort = ends.of_own("RA", 1, 1);
    EXPECT_EQ(what_it_did(in(State::Established), abort, ends), "abort");
    EXPECT_EQ(what_it_did(in(State::Closed), ends.of_own("R", 1), ends), "");
    EXPECT_EQ(what_it_did(in(State::FinWait2), ends.of_own("R", 2), ends), "abort");
    EXPECT_EQ(what_it_did(in(State::Established), ends.of_own("R", 1), ends), "close, abort");
}

// Linux: who is in SYN_SENT takes a SYN,ACK that acknowledges its SYN, and would not refuse it.
TEST(Sending, ARstAgainstASynAckShowsThatTheClientWasClosed) {
    TwoEnds ends;
    ends.own("S", 0).other("SA", 0, 1);
    EXPECT_EQ(what_it_did(in(State::SynSent), ends.of_own("R", 1), ends), "close");
    EXPECT_EQ(what_it_did(in(State::SynSent), ends.of_own("R", 9), ends), "");
}

TEST(Sending, WhatIsOwedComesFirst) {
    TwoEnds ends = client();
    ends.other("FA", 1, 1);
    const SegmentSummary fin = ends.of_other("FA", 1, 1);
    const Conjecture end = owing(in(State::TimeWait), Answer::Ack, fin);
    EXPECT_EQ(what_it_did(end, ends.of_own("A", 1, 2), ends), "");
    EXPECT_EQ(what_it_did(end, ends.of_own("A", 1, 1), ends), "never");
    const Conjecture resets = owing(in(State::FinWait2), Answer::Reset, ends.of_other("A", 1, 1));
    EXPECT_EQ(what_it_did(resets, ends.of_own("R", 1), ends), "abort");
    EXPECT_EQ(what_it_did(resets, ends.of_own("A", 1, 1), ends), "never");
    const Conjecture challenged =
        owing(in(State::Established), Answer::ChallengeAck, ends.of_other("R", 9));
    EXPECT_EQ(what_it_did(challenged, ends.of_own("A", 1, 1), ends), "");
    EXPECT_EQ(what_it_did(challenged, ends.of_own("PA", 1, 1, 3), ends), "never");
}

TEST(Sending, InTheMiddleOfACaptureDataTellsMoreThanAnAck) {
    TwoEnds ends;
    EXPECT_EQ(what_it_did(in(State::Unknown), ends.of_own("A", 9, 9), ends), "");
    EXPECT_EQ(what_it_did(in(State::Unknown), ends.of_own("PA", 9, 9, 5), ends), "is ESTABLISHED");
    EXPECT_EQ(what_it_did(in(State::Unknown), ends.of_own("FA", 9, 9), ends),
              "is ESTABLISHED, close");
    EXPECT_EQ(what_it_did(in(State::Unknown), ends.of_own("RA", 9, 9), ends), "is CLOSED");
}

}  // namespace
}  // namespace tcpstep::model::tracking
