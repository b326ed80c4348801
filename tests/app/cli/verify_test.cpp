#include "app/cli/verify.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::cli {
namespace {

using model::Flags;
using model::Role;
using model::State;
using testing::RunBuilder;

RunBuilder syn_sent() {
    RunBuilder run;
    run.call(Role::Server, "listen", {{"fd", std::int64_t{3}}}).returns(Role::Server, "listen", 0);
    run.send(Role::Client, Flags::kSyn, 0, 0);
    return run;
}

// What the kernel says of the client after it has sent its SYN, which was delivered at once.
struct Case {
    std::vector<std::pair<Role, State>> samples;
    const char* says;  // "2": so many agree; else a part of the error
};

TEST(Verify, ComparesEachSampleWithTheInferredState) {
    const Case cases[] = {
        {{{Role::Client, State::SynSent}}, "1"},
        {{{Role::Client, State::SynSent}, {Role::Server, State::SynRcvd}}, "2"},
        {{{Role::Client, State::Established}},
         "1 of 1 samples: at +40 µs the client was ESTABLISHED to the kernel, SYN_SENT to the "
         "model"},
        {{{Role::Client, State::SynSent}, {Role::Server, State::Listen}},
         "1 of 2 samples: at +50 µs the server was LISTEN to the kernel, SYN_RCVD to the model"},
        // The first one is told, all are counted.
        {{{Role::Server, State::Closed}, {Role::Client, State::Closed}},
         "2 of 2 samples: at +40 µs the server was CLOSED"},
        {{}, "no sample to compare"},
    };
    for (const Case& one : cases) {
        RunBuilder run = syn_sent();
        for (const auto& [role, state] : one.samples) run.sample(role, state);
        const auto verdict = verify(run.trace);
        const std::string says = verdict ? std::to_string(*verdict) : verdict.error().line();
        EXPECT_NE(says.find(one.says), std::string::npos) << says << "\nexpected: " << one.says;
        EXPECT_TRUE(verdict || verdict.error().kind == ErrorKind::DoesNotHold) << says;
    }
}

TEST(Verify, ATraceWithoutAnythingIsNotVerified) {
    EXPECT_FALSE(verify(model::Trace()));
}

// Before any connection the listener is the server's end; its sample concerns every connection but
// is one sample.
TEST(Verify, ASampleThatConcernsAllCountsOnce) {
    RunBuilder run;
    run.call(Role::Server, "listen", {{"fd", std::int64_t{3}}}).returns(Role::Server, "listen", 0);
    model::SocketSampled listener;
    listener.endpoint = Role::Server;
    listener.state = State::Listen;
    run.fact(listener);
    run.send(Role::Client, Flags::kSyn, 0, 0).sample(Role::Server, State::SynRcvd);
    run.trace.intern({*model::parse_socket_address("127.0.0.1:1"),
                      *model::parse_socket_address("127.0.0.1:8000")});
    EXPECT_EQ(verify(run.trace).value_or(0), 2U);
}

TEST(Verify, EveryConnectionIsCompared) {
    RunBuilder run = syn_sent();
    run.sample(Role::Client, State::SynSent);
    const auto second = run.trace.intern({*model::parse_socket_address("127.0.0.1:1"),
                                          *model::parse_socket_address("127.0.0.1:8000")});
    const auto last = run.trace.events().back().time;
    model::Segment syn;
    syn.id = 9;
    syn.flags = Flags(Flags::kSyn);
    run.trace.append({last, second, model::SegmentSent{syn}});
    model::SocketSampled sample;
    sample.state = State::Closed;
    run.trace.append({last, second, sample});
    const auto verdict = verify(run.trace);
    ASSERT_FALSE(verdict);
    EXPECT_NE(verdict.error().what.find("1 of 2 samples"), std::string::npos);
    EXPECT_NE(verdict.error().what.find("(connection 127.0.0.1:1-127.0.0.1:8000)"),
              std::string::npos);
}

// Where nothing proves a state, as in a capture that starts in the middle, nothing is contradicted.
TEST(Verify, AStateThatIsNotKnownIsNotCompared) {
    model::Trace trace;
    trace.append({model::Time(), std::nullopt, model::SocketSampled{}});
    const auto verdict = verify(trace);
    ASSERT_FALSE(verdict);
    EXPECT_NE(verdict.error().what.find("no sample to compare"), std::string::npos);
}

}  // namespace
}  // namespace tcpstep::cli
