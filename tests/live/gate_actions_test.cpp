// What the user can do to a held segment, and what comes of it at both ends.
#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using std::chrono::milliseconds;
using testing::Performance;
using testing::shipped;
using testing::SteppedRun;

// A client that sends two messages at once, without waiting; a server that reads both.
lesson::Lesson two_messages() {
    auto lesson = lesson::parse_lesson(
        R"({"id":"two","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held",
        "server_address":"127.0.0.1:8000",
        "server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},{"call":"listen","on":"l","backlog":1},
          {"call":"accept","on":"l","as":"c"},{"call":"recv","on":"c","size":100},
          {"call":"recv","on":"c","size":100,"label":"second"}],
        "client":[{"call":"socket","as":"s"},
          {"call":"setsockopt","on":"s","option":"TCP_NODELAY","value":1},
          {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]},
          {"call":"send","on":"s","data":"first","after":[{"actor":"server","step":"recv","has":"entered"}]},
          {"call":"send","on":"s","data":"second","label":"again"}],
        "ends_with":{"client":"ESTABLISHED","server":"ESTABLISHED"}})",
        "two");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

// Up to where both messages are in flight.
void reach_messages(SteppedRun& run) {
    ASSERT_TRUE(run.settle()) << run.text();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(run.deliver()) << run.text();
    ASSERT_EQ(run.connection().in_flight.size(), 2U) << run.text();
}

std::vector<std::int64_t> reads(const SteppedRun& run) {
    std::vector<std::int64_t> sizes;
    for (const model::Event& event : run.trace.events()) {
        const auto* call = std::get_if<model::CallReturned>(&event.fact);
        if (call != nullptr && call->call == "recv") sizes.push_back(call->result);
    }
    return sizes;
}

TEST(GateActions, ADuplicatedSegmentArrivesOnce) {
    SteppedRun run(two_messages());
    reach_messages(run);
    run.command(Duplicate{run.next()});
    run.settle();
    ASSERT_EQ(run.connection().in_flight.size(), 3U) << run.text();
    run.deliver_all();
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(reads(run), (std::vector<std::int64_t>{5, 6})) << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
    // The copy is answered by a second ACK of the same octets.
    EXPECT_EQ(run.flags().find("ACK; PSH, ACK; PSH, ACK; ACK; ACK"), 15U) << run.flags();
}

TEST(GateActions, ASegmentThatIsOvertakenArrivesIntact) {
    SteppedRun run(two_messages());
    reach_messages(run);
    run.command(HoldBack{run.next()});
    run.settle();
    EXPECT_EQ(run.next(), 5U) << run.text();
    run.deliver();
    EXPECT_TRUE(reads(run).empty()) << "its octets wait for those before them\n" << run.text();
    run.deliver_all();
    // Both messages come at once, in order: TCP knows no messages. The second recv() waits in vain.
    EXPECT_EQ(reads(run), (std::vector<std::int64_t>{11})) << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

TEST(GateActions, AResetEndsTheReceiverWhateverItsState) {
    struct Case {
        int delivered;  // segments before the RST
        Role receiver;
        const char* call;   // of the receiver
        const char* error;  // that it fails with, or "blocked"
        const char* state;  // of the receiver afterwards
    };
    for (const Case& c : {Case{0, Role::Client, "connect", "ECONNREFUSED", "CLOSED"},
                          Case{1, Role::Server, "accept", "blocked", "LISTEN"},
                          Case{2, Role::Server, "accept", "blocked", "LISTEN"},
                          Case{3, Role::Server, "recv", "ECONNRESET", "CLOSED"},
                          Case{3, Role::Client, "send", "returned 6", "CLOSED"}}) {
        SteppedRun run(two_messages());
        ASSERT_TRUE(run.settle()) << run.text();
        for (int i = 0; i < c.delivered; ++i) ASSERT_TRUE(run.deliver()) << run.text();
        run.command(InjectReset{0, c.receiver});
        ASSERT_TRUE(run.settle()) << run.text();
        EXPECT_TRUE(run.next_flags().starts_with("RST")) << run.text();
        run.deliver();
        EXPECT_EQ(run.state(c.receiver), c.state) << run.text();
        EXPECT_EQ(run.call(c.receiver, c.call), c.error) << run.text();
        EXPECT_EQ(run.disagreements(), "") << run.text();
    }
}

TEST(GateActions, WhereNoResetIsAcceptedNoneIsSentAndTheTraceSaysWhy) {
    SteppedRun run(two_messages());
    ASSERT_TRUE(run.settle());
    run.command(InjectReset{0, Role::Server});
    ASSERT_TRUE(run.settle());
    EXPECT_EQ(run.next_flags(), "SYN") << run.text();
    EXPECT_NE(run.text().find("the server is in LISTEN, where no RST is accepted"),
              std::string::npos)
        << run.text();
}

TEST(GateActions, ARetransmissionIsAbsorbedOrShown) {
    for (bool show : {false, true}) {
        LabOptions options;
        options.show_retransmissions = show;
        SteppedRun run(shipped("handshake"), options);
        ASSERT_TRUE(run.settle()) << run.text();
        while (run.connection().in_flight.size() < 2 && run.wait()) {  // about a second
        }
        run.settle();
        EXPECT_EQ(model::absorbed_copies(run.connection(), 1), show ? 0U : 1U) << run.text();
        EXPECT_EQ(run.next(), 1U) << run.text();
        run.deliver();
        EXPECT_EQ(run.next_flags(), show ? "SYN" : "SYN, ACK") << run.text();
        run.deliver_all();
        EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
        EXPECT_EQ(run.disagreements(), "") << run.text();
    }
}

TEST(GateActions, OnlyWhatIsAskedForIsHeld) {
    struct Case {
        Hold what;
        const char* held;  // what stops in the handshake
    };
    for (const Case& c :
         {Case{Hold::Control, "SYN; SYN, ACK; "}, Case{Hold::FromClient, "SYN; ACK; "},
          Case{Hold::FromServer, "SYN, ACK; "}, Case{Hold::None, ""}}) {
        LabOptions options;
        options.hold.what = c.what;
        SteppedRun run(shipped("handshake"), options);
        std::string held;
        while (run.settle()) {
            held += run.next_flags() + "; ";
            run.deliver();
        }
        EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
        EXPECT_EQ(held, c.held) << run.text();
        EXPECT_EQ(run.states(Role::Server), "CLOSED LISTEN SYN_RCVD ESTABLISHED") << run.text();
    }
}

TEST(GateActions, WhatIsNoLongerHeldGoesOn) {
    SteppedRun run(shipped("handshake"));
    ASSERT_TRUE(run.settle());
    run.command(SetHold{{Hold::None, milliseconds(0)}});
    while (run.settle()) run.wait();
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(run.states(Role::Client), "CLOSED SYN_SENT ESTABLISHED") << run.text();
}

TEST(GateActions, InSlowMotionASegmentTakesItsTime) {
    LabOptions options;
    options.hold = {Hold::None, kDefaultTransit};
    const Performance run(shipped("handshake"), [&] {
        options.gated = true;
        return options;
    }());
    EXPECT_EQ(run.status, LabRun::Status::Finished) << run.story();
    // A round trip is shorter than the SYN's timer: nothing is sent again.
    EXPECT_EQ(run.flags(), "SYN; SYN, ACK; ACK; ") << run.story();
    std::map<model::SegmentId, model::Time> sent;
    for (const model::Event& event : run.trace.events()) {
        if (const auto* f = std::get_if<model::SegmentSent>(&event.fact)) {
            sent[f->segment.id] = event.time;
        }
        if (const auto* f = std::get_if<model::SegmentDelivered>(&event.fact)) {
            EXPECT_GE(event.time - sent.at(f->id), kDefaultTransit) << run.story();
        }
    }
    EXPECT_EQ(run.disagreements(), "") << run.story();
}

TEST(GateActions, TheLessonsScriptCanTakeOver) {
    SteppedRun run(shipped("handshake"));
    ASSERT_TRUE(run.settle());
    run.command(SetAutomatic{true, milliseconds(1)});
    while (run.wait()) {
    }
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
}

TEST(GateActions, ACommandForWhatIsGoneIsIgnored) {
    SteppedRun run(shipped("handshake"));
    ASSERT_TRUE(run.settle());
    for (const GateCommand& command :
         {GateCommand(Deliver{77}), GateCommand(Drop{77}), GateCommand(Duplicate{77}),
          GateCommand(HoldBack{77}), GateCommand(InjectReset{77, Role::Client})}) {
        run.command(command);
        ASSERT_TRUE(run.settle()) << run.text();
    }
    EXPECT_EQ(run.connection().in_flight.size(), 1U) << run.text();
    run.deliver_all();
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
}

}  // namespace
}  // namespace tcpstep::lab
