#include "model/explanation.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

TEST(Explanation, EveryEdgeHasItsSentence) {
    std::set<std::string> sentences;
    for (const Transition& edge : kMachine) {
        for (const Role role : {Role::Client, Role::Server}) {
            const std::string text = explain(role, {edge.from, edge.to, &edge});
            ASSERT_FALSE(text.empty()) << name(edge.from) << " on " << name(edge.on);
            EXPECT_EQ(text.back(), '.') << text;
            EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
            EXPECT_NE(text.find(name(role)), std::string::npos) << text << " names who moves";
            if (role == Role::Client) sentences.insert(text);
        }
    }
    // The edges of the figure are the lesson: no two of them read alike.
    std::set<std::string> figure;
    std::size_t edges = 0;
    for (const Transition& edge : kMachine) {
        if (!edge.in_figure) continue;
        ++edges;
        figure.insert(explain(Role::Server, {edge.from, edge.to, &edge}));
    }
    EXPECT_EQ(figure.size(), edges);
    EXPECT_GT(sentences.size(), edges);
}

TEST(Explanation, TellsWhoDoesWhat) {
    const auto say = [](Role role, State from, On on, Opened opened = Opened::Actively) {
        const Transition* edge = find_transition(from, on, opened);
        return explain(role, {edge->from, edge->to, edge});
    };
    EXPECT_EQ(say(Role::Server, State::Listen, On::RcvSyn),
              "The server got the client's SYN, answers with SYN,ACK and waits for its ACK.");
    EXPECT_EQ(say(Role::Client, State::Established, On::RcvRst),
              "A RST from the server reached the client: its connection is gone at once.");
    EXPECT_EQ(say(Role::Server, State::SynRcvd, On::RcvRst, Opened::Passively),
              "The client took its SYN back with a RST: the server forgets it and listens on.");
    EXPECT_EQ(say(Role::Server, State::SynRcvd, On::RcvRst),
              "A RST from the client reached the server: its connection is gone at once.");
}

TEST(Explanation, WhatWasOnlyProvedHasASentenceToo) {
    for (int state = 0; state <= static_cast<int>(State::TimeWait); ++state) {
        const auto to = static_cast<State>(state);
        const std::string text = explain(Role::Client, {State::Unknown, to, nullptr});
        EXPECT_NE(text.find("client"), std::string::npos) << text;
        EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    }
    EXPECT_EQ(explain(Role::Server, {State::Unknown, State::LastAck, nullptr}),
              "What was captured shows the server in LAST_ACK, but not how it came there.");
}

TEST(Explanation, OnlyADoubtHasAReason) {
    EXPECT_EQ(reason_of(Doubt::None), "");
    std::set<std::string_view> reasons;
    for (const Doubt doubt : {Doubt::NothingFollows, Doubt::BeganBefore, Doubt::NotOnTheWire,
                              Doubt::OrderUnknown}) {
        EXPECT_FALSE(reason_of(doubt).empty());
        reasons.insert(reason_of(doubt));
    }
    EXPECT_EQ(reasons.size(), 4U);
}

}  // namespace
}  // namespace tcpstep::model
