#include "app/view/claim_words.hpp"

#include <gtest/gtest.h>

#include "tests/app/strings/in_chinese.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

ClaimChecked shown_by(Sighting one) {
    ClaimChecked checked;
    checked.holds = true;
    one.at_us = 10;
    checked.seen = {std::move(one)};
    return checked;
}

TEST(EvidenceText, NamesDatagramsBySender) {
    EXPECT_EQ(evidence_text(shown_by({0, "udp:datagram_sent", 0, 0, "client", ""}), Trace()),
              "the client's UDP was sent at +10 µs");
    EXPECT_EQ(evidence_text(shown_by({0, "icmp:error_sent", 0, 0, "server", ""}), Trace()),
              "the server's ICMP was sent at +10 µs");
}

TEST(EvidenceText, ALookAtProcNetTcpIsNoCallThatReturns) {
    Trace trace;
    trace.append({Time(), std::nullopt, CallEntered{1, Role::Server, "proc_net_tcp", {}}});
    trace.append({Time(), std::nullopt, CallEntered{2, Role::Server, "accept", {}}});
    EXPECT_EQ(evidence_text(shown_by({0, "sys:call_returned", 0, 1, "", ""}), trace),
              "the server's /proc/net/tcp at +10 µs");
    EXPECT_EQ(evidence_text(shown_by({0, "sys:call_returned", 0, 2, "", ""}), trace),
              "the server's accept() returned at +10 µs");
}

TEST(EvidenceText, OfWhatNeverCameSaysWhatWasLookedThrough) {
    ClaimChecked checked;
    checked.claim = "no-reset";
    checked.holds = true;
    Trace trace;
    trace.append({Time(), std::nullopt, SegmentSent()});
    trace.append({Time(std::chrono::milliseconds(2)), std::nullopt,
                  CallEntered{1, Role::Server, "accept", {}}});
    trace.append({Time(std::chrono::milliseconds(5)), std::nullopt, SegmentSent()});
    trace.append({Time(std::chrono::milliseconds(6)), std::nullopt, checked});
    trace.append({Time(std::chrono::milliseconds(9)), std::nullopt, SegmentSent()});
    EXPECT_EQ(evidence_text(checked, trace),
              "not once among the 2 segments and 1 calls of this run, until +5 ms");
    checked.holds = false;
    EXPECT_EQ(evidence_text(checked, trace), "nothing in this run shows it");
}

TEST(EvidenceText, OfUdpWhatNeverCameWasLookedForAmongDatagrams) {
    ClaimChecked checked;
    checked.holds = true;
    checked.claim = "no-segment";
    Trace trace;
    trace.append({Time(), std::nullopt, DatagramSent()});
    EXPECT_EQ(evidence_text(checked, trace),
              "not once among the 1 datagrams and 0 calls of this run, until +0 s");
}

TEST(EvidenceText, TellsTheQueuesThatTheKernelTold) {
    Trace trace;
    trace.append({Time(), std::nullopt, ListenerSampled{0, 4, 0}});
    trace.append({Time(std::chrono::microseconds(10)), std::nullopt, ListenerSampled{1, 4, 2}});
    EXPECT_EQ(evidence_text(shown_by({0, "kernel:listener_sampled", 0, 0, "", ""}), trace),
              "the kernel says: accept queue 1, SYN queue 2 at +10 µs");
}

TEST(EvidenceText, NamesACopyByItsOriginal) {
    Trace trace;
    Segment syn;
    syn.id = 1;
    syn.from = Role::Client;
    syn.flags = Flags(Flags::kSyn);
    trace.append({Time(), std::nullopt, SegmentSent{syn}});
    trace.append({Time(), std::nullopt, SegmentDuplicated{1, 2}});
    trace.append({Time(), std::nullopt, SegmentDuplicated{2, 3}});
    for (const SegmentId copy : {2U, 3U}) {
        EXPECT_EQ(evidence_text(shown_by({0, "tcp:segment_delivered", copy, 0, "", ""}), trace),
                  "the copy of the client's SYN was delivered at +10 µs");
    }
    EXPECT_EQ(evidence_text(shown_by({0, "tcp:segment_dropped", 2, 0, "", ""}), trace),
              "the copy of the client's SYN was lost at +10 µs");
    EXPECT_EQ(evidence_text(shown_by({0, "tcp:segment_delivered", 9, 0, "", ""}), trace),
              "segment 9 at +10 µs")
        << "no such segment is in the trace";
    const testing::InChinese chinese;
    EXPECT_EQ(evidence_text(shown_by({0, "tcp:segment_delivered", 2, 0, "", ""}), trace),
              "客户端的 SYN 的副本已送达（+10 µs）");
}

TEST(EvidenceText, OfABoundedPartSaysAmongHowMany) {
    const auto told = [](const char* found) {
        ClaimChecked checked;
        checked.holds = true;
        checked.found = found;
        return evidence_text(checked, Trace());
    };
    EXPECT_EQ(told("none of 7 segments, 3 calls"),
              "none of the segments (7) and calls (3) between");
    EXPECT_EQ(told("none of 2 datagrams, 3 calls"),
              "none of the datagrams (2) and calls (3) between");
    EXPECT_EQ(told("none of 0 segments, 24 calls"), "not one segment in that time, calls: 24");
    EXPECT_EQ(told("none of these"), "none of these") << "as it stands";
    EXPECT_EQ(told("none of 7 segments, "), "none of 7 segments, ");
    const testing::InChinese chinese;
    EXPECT_EQ(told("none of 7 segments, 3 calls"), "其间的报文段（7）和调用（3）中没有");
}

TEST(EvidenceText, SaysFirstWhatTheUserDid) {
    ClaimChecked checked;
    checked.expected = "2";
    checked.found = "3";
    checked.seen = {{5, "user:dropped", 3, 0, "", ""},
                    {6, "user:duplicated", 4, 0, "", ""},
                    {7, "user:reset", 6, 0, "", ""},
                    {10, "udp:datagram_sent", 0, 0, "client", ""}};
    EXPECT_EQ(evidence_text(checked, Trace()),
              "segment 3 was dropped by you; segment 4 was duplicated by you; segment 6, a reset, "
              "was sent by you; 3; expected 2; the client's UDP was sent at +10 µs");
}

TEST(EvidenceText, SaysWhatIsMissingInBothLanguages) {
    ClaimChecked syn;
    syn.found = "no second SYN";
    ClaimChecked data;
    data.found = "no lost segment of data";
    EXPECT_EQ(evidence_text(syn, Trace()), "no second SYN");
    EXPECT_EQ(evidence_text(data, Trace()), "no lost segment of data");
    const testing::InChinese chinese;
    EXPECT_EQ(evidence_text(syn, Trace()), "没有第二个“SYN”");
    EXPECT_EQ(evidence_text(data, Trace()), "没有丢失的“数据报文段”");
}

}  // namespace
}  // namespace tcpstep::view
