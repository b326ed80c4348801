#include "app/freelab/wish.hpp"

#include <gtest/gtest.h>

#include "tests/app/freelab/worked_lab.hpp"

namespace tcpstep::freelab {
namespace {

using lesson::Actor;
using lesson::Call;

std::vector<lesson::Step> steps(const WorkedLab& lab, const Wish& wish) {
    const auto made = steps_for(wish, lab.notebook, default_server());
    EXPECT_TRUE(made) << made.error().line();
    return made ? *made : std::vector<lesson::Step>{};
}

TEST(Wish, AbortIsLingeringForNoTimeAndClose) {
    WorkedLab lab = listening();
    lab.done("client connect");
    const auto made = steps(lab, {Actor::Client, Deed::Abort});
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(made[0].call, Call::SetSockOpt);
    EXPECT_EQ(made[0].option, "SO_LINGER");
    EXPECT_EQ(made[0].value, 0);
    EXPECT_EQ(made[1].call, Call::Close);
    EXPECT_EQ(made[1].on, "socket");
}

TEST(Wish, WhatIsNotSaidIsChosen) {
    WorkedLab lab;
    lab.done("client socket", 5);
    const auto bind = steps(lab, {Actor::Client, Deed::Bind});
    EXPECT_EQ(to_string(*bind.at(0).address), "127.0.0.1:8001") << "not the server's";
    lab.done("server socket", 6);
    EXPECT_FALSE(steps(lab, {Actor::Server, Deed::Bind}).at(0).address);
    lab.done("client bind 127.0.0.1:9000");
    lab.done("server bind");
    EXPECT_EQ(to_string(*steps(lab, {Actor::Server, Deed::Connect}).at(0).address),
              "127.0.0.1:9000");
    EXPECT_EQ(steps(lab, {Actor::Server, Deed::Listen}).at(0).backlog, kBacklog);
}

TEST(Wish, WhatIsNotOfferedIsRefusedUnlessItIsWantedAnyway) {
    WorkedLab lab;
    lab.done("client socket", 5);
    Wish send{Actor::Client, Deed::Send};
    const auto refused = steps_for(send, lab.notebook, default_server());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().line(), "send: the socket is not connected");
    send.anyway = true;
    EXPECT_EQ(steps(lab, send).at(0).data, kSentText);
    send.on = "socket7";
    EXPECT_FALSE(steps_for(send, lab.notebook, default_server())) << "there is no such descriptor";
    Wish bind{Actor::Client, Deed::Bind};
    bind.address = model::parse_socket_address("[::1]:9000");
    EXPECT_FALSE(steps_for(bind, lab.notebook, default_server())) << "another family";
}

}  // namespace
}  // namespace tcpstep::freelab
