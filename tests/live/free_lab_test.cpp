// A free lab: the calls of both ends are made by hand, on real sockets.
#include <gtest/gtest.h>

#include "app/freelab/offer.hpp"
#include "tests/live/hand_run.hpp"

namespace tcpstep::lab {
namespace {

using lesson::Actor;
using model::Role;
using testing::calls_of;
using testing::HandRun;

constexpr auto kServer = {"server socket", "server bind", "server listen 10", "server accept"};

TEST(FreeLab, TheHandshakeByHand) {
    HandRun lab;
    lab.type_all(kServer);
    EXPECT_EQ(lab.run.call(Role::Server, "accept"), "blocked") << lab.run.text();
    lab.type_all({"client socket", "client connect"});
    EXPECT_EQ(lab.run.states_now(), "SYN_SENT LISTEN") << lab.run.text();
    EXPECT_NE(freelab::why_blocked(lab.notebook, Actor::Client), "");
    lab.type_all({"deliver", "deliver"});
    EXPECT_EQ(lab.run.states_now(), "ESTABLISHED SYN_RCVD") << lab.run.text();
    EXPECT_EQ(freelab::why_blocked(lab.notebook, Actor::Client), "") << "connect() has returned";
    EXPECT_NE(freelab::why_blocked(lab.notebook, Actor::Server), "");
    lab.type_all({"deliver"});
    EXPECT_EQ(lab.run.states_now(), "ESTABLISHED ESTABLISHED") << lab.run.text();
    lab.type_all({"client send hello there", "server recv", "deliver"});
    EXPECT_EQ(lab.run.received(Role::Server), 11) << lab.run.text();
    EXPECT_EQ(lab.run.disagreements(), "");
    EXPECT_EQ(lab.run.status(), LabRun::Status::Running) << "it goes on until it is ended";
}

TEST(FreeLab, RunsWithoutAGateToo) {
    HandRun lab(false);
    lab.type_all(kServer);
    lab.type_all({"client socket", "client connect"});
    EXPECT_EQ(lab.run.states_now(), "ESTABLISHED ESTABLISHED") << lab.run.text();
    EXPECT_TRUE(lab.run.call(Role::Server, "accept").starts_with("returned")) << lab.run.text();
    lab.type_all({"client close"});
    // The server's kernel may delay its ACK.
    while (lab.run.states_now() != "FIN_WAIT_2 CLOSE_WAIT" && lab.run.wait()) lab.run.settle();
    EXPECT_EQ(lab.run.states_now(), "FIN_WAIT_2 CLOSE_WAIT") << lab.run.text();
}

TEST(FreeLab, ASecondClientGoesOnWhileTheFirstIsBlocked) {
    HandRun lab;
    lab.type_all(kServer);
    lab.type_all({"client socket", "client connect"});
    EXPECT_NE(lab.type("client socket"), "") << "it is blocked in connect()";
    lab.type_all({"client2 socket", "client2 connect"});
    EXPECT_EQ(lab.run.trace.connections().size(), 2U) << lab.run.text();
    EXPECT_NE(freelab::why_blocked(lab.notebook, Actor::SecondClient), "");
    lab.deliver_all();
    EXPECT_EQ(lab.run.status(), LabRun::Status::Running) << lab.run.text();
    for (const Actor client : {Actor::Client, Actor::SecondClient})
        EXPECT_EQ(freelab::why_blocked(lab.notebook, client), "") << lab.run.text();
}

TEST(FreeLab, ACallThatFailsIsToldAndTheLabGoesOn) {
    HandRun lab(false);
    lab.type_all({"client socket", "client connect"});
    EXPECT_EQ(lab.run.call(Role::Client, "connect"), "ECONNREFUSED") << lab.run.text();
    lab.type_all({"server socket", "server bind", "server socket"});
    EXPECT_EQ(lab.type("server listener2 bind"), "");
    EXPECT_EQ(lab.run.call(Role::Server, "bind"), "EADDRINUSE") << lab.run.text();
    EXPECT_NE(lab.type("client send x"), "") << "not connected";
    EXPECT_EQ(lab.type("anyway client send x"), "");
    EXPECT_EQ(lab.run.call(Role::Client, "send"), "EPIPE") << lab.run.text();
}

// What a delivery leads to is its acknowledgment, too, though the kernel delays it.
TEST(FreeLab, HasSettledOnlyWhenWhatArrivedIsAcknowledged) {
    HandRun lab;
    lab.type_all(kServer);
    lab.type_all({"client socket", "client connect"});
    lab.deliver_all();
    lab.type_all({"client send hello", "deliver"});
    EXPECT_EQ(lab.run.next_flags(), "ACK") << lab.run.text();
    lab.type_all({"deliver", "server recv", "server close", "deliver"});
    EXPECT_EQ(lab.run.next_flags(), "ACK") << lab.run.text();
}

TEST(FreeLab, AbortSendsAReset) {
    HandRun lab;
    lab.type_all(kServer);
    lab.type_all({"client socket", "client connect"});
    lab.deliver_all();
    lab.type_all({"client abort"});
    EXPECT_EQ(lab.run.next_flags(), "RST, ACK") << lab.run.text();
    lab.type_all({"deliver"});
    EXPECT_EQ(lab.run.states_now(), "CLOSED CLOSED") << lab.run.text();
    lab.type_all({"server recv"});
    EXPECT_EQ(lab.run.call(Role::Server, "recv"), "ECONNRESET") << lab.run.text();
}

}  // namespace
}  // namespace tcpstep::lab
