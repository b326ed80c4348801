#include "model/tracking/arrival.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/model/tracking/two_ends.hpp"

namespace tcpstep::model::tracking {
namespace {

constexpr Position kServer{State::SynRcvd, Opened::Passively};

Position in(State state, Opened opened = Opened::Actively) {
    return {state, opened};
}

std::string text_of(Answer answer) {
    switch (answer) {
        case Answer::None:
            return "";
        case Answer::SynAck:
            return "; SYN,ACK";
        case Answer::Ack:
            return "; ACK";
        case Answer::DuplicateAck:
            return "; duplicate ACK";
        case Answer::ChallengeAck:
            return "; challenge ACK";
        case Answer::Reset:
            return "; RST";
    }
    return "";
}

// "rcv FIN; ACK": what happens and the answer; where more may happen, with " | " between.
std::string what_happens(Position at, const SegmentSummary& segment, const TwoEnds& ends) {
    std::string text;
    for (const Arrival& arrival : arrive(at, segment, ends.view())) {
        if (!text.empty()) text += " | ";
        std::string happens;
        for (const On on : arrival.happens()) {
            happens += (happens.empty() ? "" : ", ") + std::string(name(on));
        }
        text += happens + text_of(arrival.answer);
    }
    return text;
}

// Both ends after the handshake of a client; nothing else was sent.
TwoEnds client() {
    TwoEnds ends;
    return ends.own("S", 0).other("SA", 0, 1).own("A", 1, 1);
}

TwoEnds client_that_sent_its_fin() {
    return client().own("FA", 1, 1);
}

TEST(Arrival, AtAListener) {
    TwoEnds ends;
    EXPECT_EQ(what_happens(in(State::Unknown), ends.of_other("S", 0), ends), "rcv SYN; SYN,ACK");
    EXPECT_EQ(what_happens(in(State::Listen), ends.of_other("S", 0), ends), "rcv SYN; SYN,ACK");
    EXPECT_EQ(what_happens(in(State::Listen), ends.of_other("A", 1, 1), ends), "");
    EXPECT_EQ(what_happens(in(State::Listen), ends.of_other("R", 1), ends), "");
}

TEST(Arrival, InSynSent) {
    TwoEnds ends;
    ends.own("S", 0);
    const auto after = [&](const SegmentSummary& segment) {
        return what_happens(in(State::SynSent), segment, ends);
    };
    EXPECT_EQ(after(ends.of_other("SA", 0, 1)), "rcv SYN,ACK; ACK");
    EXPECT_EQ(after(ends.of_other("SA", 0, 9)), "");
    EXPECT_EQ(after(ends.of_other("S", 0)), "rcv SYN; SYN,ACK");
    EXPECT_EQ(after(ends.of_other("RA", 0, 1)), "rcv RST");
    EXPECT_EQ(after(ends.of_other("RA", 0, 0)), "");  // it does not acknowledge the SYN
    EXPECT_EQ(after(ends.of_other("A", 1, 1)), "");
}

// RFC 9293 3.10.7.3: a RST acknowledges what was sent, with Fast Open the data too.
TEST(Arrival, ARstToASynAcknowledgesUpToSndNxt) {
    TwoEnds ends;
    ends.own("S", 0, 0, 100);
    EXPECT_EQ(what_happens(in(State::SynSent), ends.of_other("RA", 0, 101), ends), "rcv RST");
    EXPECT_EQ(what_happens(in(State::SynSent), ends.of_other("RA", 0, 1), ends), "rcv RST");
    EXPECT_EQ(what_happens(in(State::SynSent), ends.of_other("RA", 0, 102), ends), "");
}

TEST(Arrival, InSynRcvd) {
    TwoEnds ends;
    ends.other("S", 0).own("SA", 0, 1);
    const auto after = [&](const SegmentSummary& segment) {
        return what_happens(kServer, segment, ends);
    };
    EXPECT_EQ(after(ends.of_other("A", 1, 1)), "rcv ACK of SYN");
    EXPECT_EQ(after(ends.of_other("PA", 1, 1, 7)), "rcv ACK of SYN");
    EXPECT_EQ(after(ends.of_other("A", 1, 2)), "");
    EXPECT_EQ(after(ends.of_other("S", 0)), "");
    // Linux: one segment through SYN_RCVD, ESTABLISHED, CLOSE_WAIT; if all before it has arrived.
    EXPECT_EQ(after(ends.of_other("FA", 1, 1)), "rcv ACK of SYN, rcv FIN | rcv ACK of SYN");
    EXPECT_EQ(after(ends.of_other("R", 1)), "rcv RST");
}

TEST(Arrival, ASynAckInSynRcvdCompletesASimultaneousOpenOnly) {
    TwoEnds ends;
    ends.own("S", 0).other("S", 0).own("SA", 0, 1);
    const SegmentSummary syn_ack = ends.of_other("SA", 0, 1);
    EXPECT_EQ(what_happens(in(State::SynRcvd), syn_ack, ends), "rcv ACK of SYN; ACK");
    EXPECT_EQ(what_happens(kServer, syn_ack, ends), "");
}

TEST(Arrival, OfAFin) {
    TwoEnds ends = client();
    const SegmentSummary fin = ends.of_other("FA", 1, 1);
    EXPECT_EQ(what_happens(in(State::Established), fin, ends), "rcv FIN");
    EXPECT_EQ(what_happens(in(State::FinWait2), fin, ends), "rcv FIN; ACK");
    EXPECT_EQ(what_happens(in(State::CloseWait), fin, ends), "");
    EXPECT_EQ(what_happens(in(State::TimeWait), fin, ends), "");
}

TEST(Arrival, InFinWait1) {
    TwoEnds ends = client_that_sent_its_fin();
    const auto after = [&](const SegmentSummary& segment) {
        return what_happens(in(State::FinWait1), segment, ends);
    };
    EXPECT_EQ(after(ends.of_other("A", 1, 2)), "rcv ACK of FIN");
    EXPECT_EQ(after(ends.of_other("A", 1, 1)), "");
    EXPECT_EQ(after(ends.of_other("FA", 1, 1)), "rcv FIN; ACK");
    // FIN and ACK in one segment still pass FIN_WAIT_2.
    EXPECT_EQ(after(ends.of_other("FA", 1, 2)), "rcv ACK of FIN, rcv FIN; ACK");
    // Linux: a socket that was closed takes no data.
    EXPECT_EQ(after(ends.of_other("PA", 1, 2, 7)), "rcv ACK of FIN; RST | rcv ACK of FIN");
    EXPECT_EQ(after(ends.of_other("PA", 1, 1, 7)), "");
}

TEST(Arrival, OfTheAckOfTheFin) {
    TwoEnds ends = client_that_sent_its_fin();
    const SegmentSummary ack = ends.of_other("A", 2, 2);
    EXPECT_EQ(what_happens(in(State::Closing), ack, ends), "rcv ACK of FIN");
    EXPECT_EQ(what_happens(in(State::LastAck), ack, ends), "rcv ACK of FIN");
    EXPECT_EQ(what_happens(in(State::LastAck), ends.of_other("A", 2, 1), ends), "");
    EXPECT_EQ(what_happens(in(State::TimeWait), ack, ends), "");
}

// RFC 5961 3.2.
TEST(Arrival, ARstMustCarryRcvNxt) {
    TwoEnds ends = client();
    ends.other("PA", 1, 1, 100);
    const auto after = [&](const SegmentSummary& segment) {
        return what_happens(in(State::Established), segment, ends);
    };
    EXPECT_EQ(after(ends.of_other("R", 1)), "rcv RST");
    // The data before it may have arrived, and not been acknowledged yet.
    EXPECT_EQ(after(ends.of_other("R", 101)), "rcv RST | ; challenge ACK");
    // In order only if what was captured beyond a gap ends there.
    EXPECT_EQ(after(ends.of_other("R", 150)), "rcv RST | ; challenge ACK");
    EXPECT_EQ(after(ends.of_other("R", 0)), "");
}

// Linux: tcp_reset_check().
TEST(Arrival, ARstOneBeforeRcvNxtCountsOnceTheFinWasTaken) {
    TwoEnds ends = client();
    ends.other("FA", 1, 1).own("A", 1, 2);
    const SegmentSummary one_less = ends.of_other("R", 1);
    EXPECT_EQ(what_happens(in(State::CloseWait), one_less, ends), "rcv RST");
    EXPECT_EQ(what_happens(in(State::LastAck), one_less, ends), "rcv RST");
    EXPECT_EQ(what_happens(in(State::Closing), one_less, ends), "rcv RST");
    EXPECT_EQ(what_happens(in(State::TimeWait), one_less, ends), "");
    EXPECT_EQ(what_happens(in(State::TimeWait), ends.of_other("R", 2), ends), "rcv RST");
    EXPECT_EQ(what_happens(in(State::LastAck), ends.of_other("R", 3), ends), "; challenge ACK");
}

// RFC 7323 5.3: what is older than what was taken is not looked at.
TEST(Arrival, ASegmentWithAnOldClockDoesNothing) {
    TwoEnds ends = client();
    SegmentSummary told = ends.of_own("A", 1, 1);
    told.has_timestamps = true;
    told.timestamp_echo = 50;
    Sender own = ends.sender();
    own.note(told, ends.view().other);
    SegmentSummary fin = ends.of_other("FA", 1, 1);
    fin.has_timestamps = true;
    fin.timestamp = 49;
    const View view{own, ends.view().other};
    EXPECT_TRUE(arrive(in(State::Established), fin, view).empty());
    fin.timestamp = 50;
    EXPECT_FALSE(arrive(in(State::Established), fin, view).empty());
}

}  // namespace
}  // namespace tcpstep::model::tracking
