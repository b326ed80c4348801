// The lessons that hold their segments, each by its own script: the run ends as the lesson says,
// and at no step does the model contradict the kernel.
#include <gtest/gtest.h>

#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::Performance;
using testing::shipped;

struct Lesson {
    const char* id;
    model::ConnectionIndex connection;  // the one that is looked at
    const char* client;                 // its states, as the kernel told of them
    const char* server;
};

void PrintTo(const Lesson& lesson, std::ostream* out) {
    *out << lesson.id;
}

class HeldLesson : public ::testing::TestWithParam<Lesson> {};
INSTANTIATE_TEST_SUITE_P(
    Held, HeldLesson,
    ::testing::Values(
        Lesson{"handshake", 0, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
        Lesson{"no-accept", 0, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
        Lesson{"two-queues", 4, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
        Lesson{"connect-retries", 0, "SYN_SENT CLOSED", "LISTEN"},
        Lesson{"refused", 0, "SYN_SENT CLOSED", "CLOSED"},
        Lesson{"four-way-close", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
               "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"},
        Lesson{"time-wait", 0, "SYN_SENT ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED",
               "LISTEN SYN_RCVD FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"},
        Lesson{"simultaneous-close", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT",
               "LISTEN SYN_RCVD FIN_WAIT_1 CLOSING TIME_WAIT"},
        Lesson{"simultaneous-open", 0, "SYN_SENT SYN_RCVD ESTABLISHED",
               "SYN_SENT SYN_RCVD ESTABLISHED"}),
    [](const auto& lesson) {
        std::string name = lesson.param.id;
        std::erase(name, '-');
        return name;
    });

TEST_P(HeldLesson, EndsAsItSaysAndAgreesWithTheKernelAtEveryStep) {
    const Performance run(shipped(GetParam().id));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.disagreements(), "") << run.story();
    EXPECT_EQ(run.kernel_states(Role::Client, GetParam().connection), GetParam().client)
        << run.story();
    EXPECT_EQ(run.kernel_states(Role::Server, GetParam().connection), GetParam().server)
        << run.story();
}

}  // namespace
}  // namespace tcpstep::lab
