#include "app/freelab/notebook.hpp"

#include <gtest/gtest.h>

#include "tests/app/freelab/worked_lab.hpp"

namespace tcpstep::freelab {
namespace {

using lesson::Actor;
using lesson::Call;
using Kind = Descriptor::Kind;

TEST(Notebook, KnowsWhatEachActorHasOpen) {
    WorkedLab lab = listening();
    lab.done("client connect");
    lab.done("server accept", 7);
    const auto server = lab.notebook.descriptors(Actor::Server);
    ASSERT_EQ(server.size(), 2U);
    EXPECT_EQ(server[0].name, "listener");
    EXPECT_EQ(server[0].kind, Kind::Listening);
    EXPECT_EQ(server[1].name, "connection");
    EXPECT_EQ(server[1].fd, 7);
    EXPECT_EQ(server[1].kind, Kind::Connected);
    lab.done("client shutdown wr");
    EXPECT_TRUE(lab.notebook.descriptors(Actor::Client)[0].sending_is_shut);
    lab.done("server recv", 0);
    EXPECT_TRUE(lab.notebook.descriptors(Actor::Server)[1].end_was_read);
    lab.done("server connection close");
    EXPECT_EQ(lab.notebook.descriptors(Actor::Server).size(), 1U);
    EXPECT_TRUE(lab.notebook.descriptors(Actor::SecondClient).empty());
}

TEST(Notebook, DescriptorsOfOneSocketChangeTogetherAndCloseAlone) {
    WorkedLab lab;
    lab.done("client socket", 5);
    lab.done("client dup", 6);
    lab.done("client socket", 7);
    lab.done("client copy connect");
    lab.done("client socket shutdown wr");
    const auto open = lab.notebook.descriptors(Actor::Client);
    ASSERT_EQ(open.size(), 3U);
    EXPECT_EQ(open[1].name, "copy");
    EXPECT_EQ(open[1].fd, 6);
    for (const Descriptor& one : {open[0], open[1]}) {
        EXPECT_EQ(one.kind, Kind::Connected) << one.name;
        EXPECT_TRUE(one.sending_is_shut) << one.name;
    }
    EXPECT_EQ(open[2].kind, Kind::Fresh);
    lab.done("client socket close");
    const auto left = lab.notebook.descriptors(Actor::Client);
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].name, "copy");
    EXPECT_EQ(left[0].kind, Kind::Connected);
}

TEST(Notebook, ACallThatFailedChangesNothing) {
    WorkedLab lab;
    lab.done("client socket", -1, "EMFILE");
    EXPECT_TRUE(lab.notebook.descriptors(Actor::Client).empty());
    lab.done("client socket", 5);
    lab.done("client connect", -1, "ECONNREFUSED");
    EXPECT_EQ(lab.notebook.descriptors(Actor::Client)[0].kind, Kind::Fresh);
    EXPECT_EQ(lab.notebook.made().back().error, "ECONNREFUSED");
}

TEST(Notebook, NamesAndLabelsAreNeverUsedTwice) {
    WorkedLab lab = listening();
    EXPECT_EQ(lab.notebook.new_name(Actor::Client, Call::Socket), "socket2");
    EXPECT_EQ(lab.notebook.new_name(Actor::SecondClient, Call::Socket), "socket");
    EXPECT_EQ(lab.notebook.new_name(Actor::Server, Call::Socket), "listener2");
    EXPECT_EQ(lab.notebook.new_name(Actor::Server, Call::Accept), "connection");
    EXPECT_EQ(lab.notebook.new_label(Actor::SecondClient, Call::Socket), "socket2")
        << "both clients play one role";
    EXPECT_EQ(lab.notebook.new_label(Actor::Client, Call::Connect), "connect");
}

TEST(Notebook, ACallIsAwaitedUntilItIsEnteredAndBlocksUntilItReturns) {
    Notebook notebook;
    model::Trace trace;
    lesson::Step step;
    step.call = Call::Accept;
    notebook.ordered(Actor::Server, step);
    EXPECT_TRUE(notebook.awaits_entry());
    EXPECT_NE(notebook.blocked(Actor::Server), nullptr) << "it is as good as blocked";
    trace.append({{}, std::nullopt, model::CallEntered{1, model::Role::Server, "accept", {}}});
    notebook.catch_up(trace);
    EXPECT_FALSE(notebook.awaits_entry());
    ASSERT_NE(notebook.blocked(Actor::Server), nullptr);
    trace.append({{}, std::nullopt, model::CallReturned{1, model::Role::Server, "accept", 9, ""}});
    notebook.catch_up(trace);
    EXPECT_EQ(notebook.blocked(Actor::Server), nullptr);
}

}  // namespace
}  // namespace tcpstep::freelab
