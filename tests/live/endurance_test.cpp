// A segment can be looked at for as long as a class likes, and a lab can die at any moment.
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>

#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using std::chrono::seconds;
using testing::shipped;
using testing::SteppedRun;

// Longer than every timer of TCP as it comes would wait: 127 s for a SYN.
constexpr seconds kLongHold{130};

// Each segment of the four-way close held so long, one in each run, all runs at once.
TEST(Endurance, ASegmentHeldFor130SecondsStillCompletes) {
    constexpr int kSegments = 9;
    const auto began = std::chrono::system_clock::now();
    std::vector<std::unique_ptr<SteppedRun>> runs;
    for (int held = 0; held < kSegments; ++held) {
        runs.push_back(std::make_unique<SteppedRun>(shipped("four-way-close")));
        SteppedRun& run = *runs.back();
        run.settle();
        for (int i = 0; i < held; ++i) {
            run.deliver();
            while (run.next() == 0 && run.wait()) {
            }
        }
        run.settle();
    }
    // No sleep that hopes: that so much time passes is what this is about.
    std::this_thread::sleep_for(kLongHold);
    for (auto& run : runs) {
        run->catch_up();
        EXPECT_GT(run->trace.events().back().time - began, kLongHold / 2) << run->text();
        run->deliver_all();
        EXPECT_EQ(run->status(), LabRun::Status::Finished) << run->text();
        EXPECT_EQ(run->states(Role::Server),
                  "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED")
            << run->text();
        EXPECT_TRUE(run->states(Role::Client)
                        .starts_with("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"))
            << run->text();
        EXPECT_EQ(run->disagreements(), "") << run->text();
    }
}

TEST(Endurance, ALabKilledAtAnyStepLeavesTheTraceSoFar) {
    for (int step = 0; step <= 9; ++step) {
        SteppedRun run(shipped("four-way-close"));
        ASSERT_TRUE(run.settle());
        for (int i = 0; i < step; ++i) {
            run.deliver();
            while (run.status() == LabRun::Status::Running && run.next() == 0 && run.wait()) {
            }
        }
        if (run.status() != LabRun::Status::Running) break;  // it was the last one
        const std::size_t before = run.trace.events().size();
        ASSERT_EQ(kill(run.lab().pid(), SIGKILL), 0);
        while (run.wait()) {
        }
        EXPECT_EQ(run.status(), LabRun::Status::Failed);
        EXPECT_NE(run.error.what.find("killed by signal 9"), std::string::npos) << run.error.line();
        EXPECT_GE(run.trace.events().size(), before);
        run.command(Deliver{run.next()});  // harmless
    }
}

}  // namespace
}  // namespace tcpstep::lab
