#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/model/qlog/print_fault.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

// What is watched as it happens: nobody keeps its trace.
std::string streamed(const Trace& trace) {
    std::ostringstream out;
    StreamWriter writer(
        {trace.title, trace.description}, trace.events().front().time,
        [&](ConnectionIndex index) { return trace.connections()[index]; }, out);
    for (const Event& event : trace.events()) writer.write(event);
    return out.str();
}

SocketSampled sampled(Role endpoint, State state) {
    SocketSampled sample;
    sample.endpoint = endpoint;
    sample.state = state;
    return sample;
}

// The third segment arrives in silence, which a sample tells of; so does the end of TIME_WAIT.
Trace watched() {
    TraceMaker maker("watched");
    maker.connection(*parse_connection_id("127.0.0.1:40000-127.0.0.1:8000"))
        .one(SegmentSent{segment(1, Role::Client, Flags::kSyn, 100, 0)})
        .one(SegmentSent{segment(2, Role::Server, Flags::kSyn | Flags::kAck, 500, 101)})
        .one(SegmentSent{segment(3, Role::Client, Flags::kAck, 101, 501)})
        .one(sampled(Role::Client, State::Established))
        .one(SegmentSent{segment(4, Role::Client, Flags::kFin | Flags::kAck, 101, 501)})
        .one(sampled(Role::Server, State::CloseWait))
        .one(SegmentSent{segment(5, Role::Server, Flags::kAck, 501, 102)});
    return std::move(maker.trace);
}

TEST(Stream, WhatItTellsIsTrueToWhoeverReadsIt) {
    for (const Trace& trace : {watched(), capture()}) {
        const std::string text = streamed(trace);
        EXPECT_NE(text.find("tcp:state_updated"), std::string::npos);
        const Result<Reading> reading = read(text);
        ASSERT_TRUE(reading) << reading.error().line();
        EXPECT_EQ(reading->faults, std::vector<Fault>{}) << text;
        EXPECT_EQ(reading->trace.events(), trace.events());
        EXPECT_FALSE(reading->truncated);
    }
}

TEST(Stream, AStateStandsWhereItWasKnownAndNotWhereHindsightPutsIt) {
    const std::string text = streamed(watched());
    const std::size_t fin = text.find(R"("id":4)");
    const std::size_t sampled = text.find(R"("state":"CLOSE_WAIT")");
    const std::size_t told = text.find(R"("new":"CLOSE_WAIT")");
    ASSERT_NE(told, std::string::npos) << text;
    EXPECT_LT(fin, sampled);
    EXPECT_LT(sampled, told) << "until then nothing told that the FIN has arrived";
}

TEST(Stream, AStateThatIsWrongMissingOrTooManyIsAFault) {
    const std::string text = streamed(watched());
    const auto faults = [](const std::string& broken) { return read(broken)->faults.size(); };
    std::string wrong = text;
    const std::size_t at = wrong.find(R"("new":"FIN_WAIT_1")");
    wrong.replace(at, 18, R"("new":"FIN_WAIT_2")");
    EXPECT_GT(faults(wrong), 0U);
    const std::size_t begin = text.rfind('\x1e', at);
    const std::size_t end = text.find('\n', at) + 1;
    EXPECT_GT(faults(text.substr(0, begin) + text.substr(end)), 0U);
    EXPECT_GT(faults(text.substr(0, end) + text.substr(begin, end - begin) + text.substr(end)), 0U);
}

TEST(Stream, CutAnywhereItSaysSoAndIsTrueUntilThere) {
    const std::string text = streamed(watched());
    for (std::size_t length = text.find('\n') + 2; length < text.size(); length += 7) {
        const Result<Reading> reading = read(text.substr(0, length));
        ASSERT_TRUE(reading) << reading.error().line();
        EXPECT_EQ(reading->faults, std::vector<Fault>{}) << length;
    }
}

TEST(Stream, AnIndexBecomesAnotherConnectionsOnceItIsForgotten) {
    const Trace trace = watched();
    std::ostringstream out;
    ConnectionId id = trace.connections()[0];
    StreamWriter writer(
        {"", ""}, trace.events().front().time, [&](ConnectionIndex) { return id; }, out);
    Trace expected;
    for (const unsigned generation : {1U, 2U}) {
        id.generation = generation;
        for (Event event : trace.events()) {
            event.time += std::chrono::seconds(generation);
            if (auto* sent = std::get_if<SegmentSent>(&event.fact))
                sent->segment.id += 10 * generation;
            writer.write(event);
        }
        writer.forget(0);
    }
    const Result<Reading> reading = read(out.str());
    ASSERT_TRUE(reading) << reading.error().line();
    EXPECT_EQ(reading->faults, std::vector<Fault>{});
    EXPECT_EQ(reading->trace.connections().size(), 2U);
}

}  // namespace
}  // namespace tcpstep::model::qlog
