// Every edge of the machine, every kind of segment and every call has a rule with a place.
#include "app/view/rules.hpp"

#include <gtest/gtest.h>

#include "model/rfc_sections.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using strings::Text;

TEST(Rules, EveryEdgeOfTheMachineHasOneOfItsOwnSection) {
    for (const Transition& edge : kMachine) {
        const Rule rule = rule_of(&edge);
        EXPECT_NE(rule.says, Text::RuleArriveOther)
            << name(edge.from) << " on " << name(edge.on) << " has no rule";
        EXPECT_EQ(rule.section, edge.rfc);
        EXPECT_FALSE(title_of_section(rule.section).empty()) << rule.section;
    }
}

TEST(Rules, TellWhatDistinguishesTheEdges) {
    const auto says = [](State from, On on, Opened opened = Opened::Actively) {
        return rule_of(find_transition(from, on, opened)).says;
    };
    EXPECT_EQ(says(State::SynSent, On::RcvSynAck), Text::RuleSynSentSynAck);
    EXPECT_EQ(says(State::SynRcvd, On::RcvRst, Opened::Passively), Text::RuleSynRcvdRst);
    EXPECT_EQ(says(State::SynRcvd, On::RcvRst, Opened::Actively), Text::RuleSynRcvdRstActive);
    EXPECT_EQ(says(State::Established, On::RcvRst), Text::RuleRst);
    EXPECT_EQ(says(State::TimeWait, On::RcvRst), Text::RuleTimeWaitRst);
    EXPECT_EQ(says(State::FinWait1, On::RcvFin), Text::RuleFinWait1Fin);
    EXPECT_EQ(says(State::FinWait2, On::RcvFin), Text::RuleFinWait2Fin);
    EXPECT_EQ(rule_of(nullptr).says, Text::RuleProved);
}

TEST(Rules, NameTheirSource) {
    EXPECT_EQ(rule_of(find_transition(State::SynSent, On::RcvSynAck)).source(),
              "RFC 9293 3.10.7.3 · SYN-SENT STATE");
    EXPECT_EQ(rule_of_sending(SegmentKind::Syn, false).source(),
              "RFC 9293 3.4.1 · Initial Sequence Number Selection");
    EXPECT_EQ(rule_of_call("connect", SocketKind::Tcp).source(), "RFC 9293 3.9.1.1 · Open");
    EXPECT_EQ(rule_of_call("accept", SocketKind::Tcp).source(), "POSIX");
    EXPECT_EQ(rule_of_call("sendto", SocketKind::Udp).source(), "RFC 768");
    EXPECT_EQ(rule_of_call("no such call", SocketKind::Tcp).says, Text::RuleCallOther);
}

TEST(Rules, OfOtherSocketsCiteNoTcp) {
    EXPECT_EQ(rule_of_call("connect", SocketKind::Udp).says, Text::RuleUdpConnect);
    EXPECT_EQ(rule_of_call("bind", SocketKind::Udp).source(), "udp(7)");
    EXPECT_EQ(rule_of_call("recv", SocketKind::Udp).source(), "RFC 768");
    EXPECT_EQ(rule_of_call("bind", SocketKind::Unix).says, Text::RuleUnixBind);
    EXPECT_EQ(rule_of_call("listen", SocketKind::Unix).source(), "unix(7)");
    for (const SocketKind kind : {SocketKind::Udp, SocketKind::Unix}) {
        for (const char* call : {"socket", "bind", "listen", "connect", "accept", "send", "recv",
                                 "shutdown", "close", "getsockname", "getpeername"}) {
            const Rule rule = rule_of_call(call, kind);
            EXPECT_NE(rule.document, "RFC 9293") << call;
            EXPECT_FALSE(rule.linux_does) << call;
        }
    }
}

TEST(RfcSections, AreEachThereOnceAndHaveATitle) {
    for (std::size_t i = 0; i < kRfcSections.size(); ++i) {
        EXPECT_FALSE(kRfcSections[i].title.empty());
        for (std::size_t j = i + 1; j < kRfcSections.size(); ++j)
            EXPECT_NE(kRfcSections[i].number, kRfcSections[j].number);
    }
    EXPECT_EQ(title_of_section("9.9"), "");
}

}  // namespace
}  // namespace tcpstep::view
