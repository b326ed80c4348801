#include "app/freelab/offer.hpp"

#include <gtest/gtest.h>

#include "tests/app/freelab/worked_lab.hpp"

namespace tcpstep::freelab {
namespace {

using lesson::Actor;

// "socket bind": what is offered for the actor's best descriptors.
std::string offered(const WorkedLab& lab, Actor actor) {
    std::string all;
    for (const Deed deed : kDeeds) {
        if (!lab.why_not(actor, deed).empty()) continue;
        all += (all.empty() ? "" : " ") + std::string(name(deed));
    }
    return all;
}

TEST(Offer, WhatMakesSenseStepByStep) {
    WorkedLab lab;
    EXPECT_EQ(offered(lab, Actor::Client), "socket");
    EXPECT_EQ(offered(lab, Actor::Server), "socket");
    lab.done("server socket", 5);
    EXPECT_EQ(offered(lab, Actor::Server), "socket setsockopt bind dup close getsockname");
    lab.done("server bind");
    EXPECT_EQ(offered(lab, Actor::Server), "socket setsockopt listen dup close getsockname");
    lab.done("server listen");
    EXPECT_EQ(offered(lab, Actor::Server), "socket setsockopt accept dup close getsockname");
    lab.done("client socket", 6);
    EXPECT_EQ(offered(lab, Actor::Client), "socket setsockopt bind connect dup close getsockname");
    lab.done("client connect");
    EXPECT_EQ(offered(lab, Actor::Client),
              "socket setsockopt send recv dup shutdown close abort getsockname getpeername");
    lab.done("server accept", 7);
    EXPECT_EQ(
        offered(lab, Actor::Server),
        "socket setsockopt accept send recv dup shutdown close abort getsockname getpeername");
    lab.done("client shutdown wr");
    EXPECT_EQ(offered(lab, Actor::Client),
              "socket setsockopt recv dup close abort getsockname getpeername");
    lab.done("server recv", 0);
    EXPECT_EQ(offered(lab, Actor::Server),
              "socket setsockopt accept send dup shutdown close abort getsockname getpeername");
    lab.done("client close");
    EXPECT_EQ(offered(lab, Actor::Client), "socket");
}

TEST(Offer, ABlockedActorCanDoNothingAndAnotherCan) {
    WorkedLab lab = listening();
    ASSERT_EQ(lab.call("server accept"), "");
    EXPECT_EQ(offered(lab, Actor::Server), "");
    EXPECT_EQ(lab.why_not(Actor::Server, Deed::Socket),
              "accept() blocks until a connection waits in the accept queue");
    EXPECT_NE(offered(lab, Actor::Client), "");
    lab.returns(7);
    EXPECT_NE(offered(lab, Actor::Server), "");
    ASSERT_EQ(lab.call("client connect"), "");
    EXPECT_EQ(offered(lab, Actor::Client), "");
    EXPECT_EQ(offered(lab, Actor::SecondClient), "socket");
}

TEST(Offer, EachReasonIsTheOneThatHolds) {
    WorkedLab lab;
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Send),
              "there is no socket for it: call socket() first");
    lab.done("client socket", 5);
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Listen),
              "the server's end listens, the client's connects");
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Send), "the socket is not connected");
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Abort), "there is no connection to reset: close it");
    lab.done("server socket", 6);
    EXPECT_NE(lab.why_not(Actor::Server, Deed::Listen), "") << "not bound";
    EXPECT_NE(lab.why_not(Actor::Server, Deed::Connect), "") << "no client is bound";
    lab.done("client bind 127.0.0.1:9000");
    EXPECT_EQ(lab.why_not(Actor::Server, Deed::Connect), "") << "a simultaneous open";
    EXPECT_EQ(to_string(*bound_client(lab.notebook)), "127.0.0.1:9000");
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Bind), "it is bound already: EINVAL");
}

TEST(Offer, NothingIsAbortedWhileAnotherDescriptorIsOpen) {
    WorkedLab lab = listening();
    lab.done("client connect");
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Abort), "");
    lab.done("client dup", 9);
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Abort),
              "another descriptor of this socket is open (dup): close() would end nothing");
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Close), "") << "that it ends nothing is the lesson";
    lab.done("client copy close");
    EXPECT_EQ(lab.why_not(Actor::Client, Deed::Abort), "");
}

TEST(Offer, WorksOnTheNewestDescriptorThatFits) {
    WorkedLab lab = listening();
    EXPECT_EQ(best_descriptor(lab.notebook, Actor::Server, Deed::Accept), "listener");
    lab.done("server accept", 7);
    lab.done("server accept", 8);
    EXPECT_EQ(best_descriptor(lab.notebook, Actor::Server, Deed::Accept), "listener");
    EXPECT_EQ(best_descriptor(lab.notebook, Actor::Server, Deed::Send), "connection2");
    lab.done("server connection2 shutdown wr");
    EXPECT_EQ(best_descriptor(lab.notebook, Actor::Server, Deed::Send), "connection");
    EXPECT_EQ(best_descriptor(lab.notebook, Actor::SecondClient, Deed::Send), "");
}

}  // namespace
}  // namespace tcpstep::freelab
