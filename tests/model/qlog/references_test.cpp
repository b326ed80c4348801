#include "model/qlog/references.hpp"

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/print_fault.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

const ConnectionId kConnection = parse_connection_id("127.0.0.1:1000-127.0.0.1:8000").value();

// `sent` segments of a run, of which the first `arrived` were delivered when the last was sent.
Trace flood(bool gated, SegmentId sent, SegmentId arrived) {
    TraceMaker make("flood");
    make.connection(kConnection)
        .all(Scenario{"x", "x", false, gated, parse_socket_address("127.0.0.1:8000")});
    for (SegmentId id = 1; id < sent; ++id) {
        make.one(SegmentSent{segment(id, Role::Client, Flags::kAck, id, 1, 1)});
    }
    for (SegmentId id = 1; id <= arrived; ++id) make.one(SegmentDelivered{id});
    make.one(SegmentSent{segment(sent, Role::Client, Flags::kAck, sent, 1, 1)});
    return make.trace;
}

std::vector<Fault> faults_of(const Trace& trace) {
    const Result<Reading> reading = read(contained_text(trace));
    return reading ? reading->faults : std::vector<Fault>{{"", reading.error().line()}};
}

TEST(References, SegmentsInFlightAreBounded) {
    constexpr SegmentId kMost = References::kMostOpen;
    EXPECT_EQ(faults_of(flood(true, kMost, 0)), std::vector<Fault>());
    const std::vector<Fault> faults = faults_of(flood(true, kMost + 1, 0));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].what, "id: more than 4096 segments are in flight at once");
    EXPECT_EQ(faults_of(flood(true, kMost + 1, 1)), std::vector<Fault>()) << "one has arrived";
    EXPECT_EQ(faults_of(flood(false, kMost + 9, 0)), std::vector<Fault>()) << "none is in flight";
}

TEST(References, OpenCallsAreBounded) {
    TraceMaker make("calls");
    constexpr CallId kMost = References::kMostOpen;
    for (CallId id = 1; id < kMost; ++id) make.all(CallEntered{id, Role::Client, "poll", {}});
    make.all(CallReturned{1, Role::Client, "poll", 0, ""});
    make.all(CallEntered{kMost, Role::Client, "poll", {}});
    make.all(CallEntered{kMost + 1, Role::Client, "poll", {}});
    EXPECT_EQ(faults_of(make.trace), std::vector<Fault>());
    make.all(CallEntered{kMost + 2, Role::Client, "poll", {}});
    const std::vector<Fault> faults = faults_of(make.trace);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].what, "call_id: more than 4096 calls are open at once");
}

}  // namespace
}  // namespace tcpstep::model::qlog
