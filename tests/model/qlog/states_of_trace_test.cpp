#include "model/qlog/states_of_trace.hpp"

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

/// "all server CLOSED LISTEN 3.10.1", "0 client ..." for the first connection.
std::vector<std::string> told(const Trace& trace) {
    StatesOfTrace states;
    std::vector<std::string> lines;
    for (const Event& event : trace.events()) {
        for (const InferredChange& change : states.apply(event).changes) {
            std::string line = change.connection ? std::to_string(*change.connection) : "all";
            for (std::string_view word :
                 {name(change.endpoint), name(change.from), name(change.to)}) {
                line += " " + std::string(word);
            }
            lines.push_back(line);
        }
    }
    return lines;
}

TEST(StatesOfTrace, WhatIsCommonIsToldOnce) {
    EXPECT_EQ(
        told(lab_run(4294967295)),
        (std::vector<std::string>{
            "all client UNKNOWN CLOSED", "all server UNKNOWN CLOSED", "all server CLOSED LISTEN",
            "0 client CLOSED SYN_SENT", "0 server LISTEN SYN_RCVD", "0 client SYN_SENT ESTABLISHED",
            "0 server SYN_RCVD ESTABLISHED", "0 client ESTABLISHED FIN_WAIT_1",
            "0 server ESTABLISHED CLOSE_WAIT", "0 client FIN_WAIT_1 FIN_WAIT_2",
            "0 server CLOSE_WAIT LAST_ACK", "0 client FIN_WAIT_2 TIME_WAIT",
            "0 server LAST_ACK CLOSED",
            "all server LISTEN CLOSED",  // the listener; the connection is not moved
        }));
}

TEST(StatesOfTrace, AnEventOfAllIsToldForEachConnectionThatHasBegun) {
    TraceMaker make("");
    const ConnectionId first = parse_connection_id("10.0.0.1:1-10.0.0.2:2").value();
    const ConnectionId second = parse_connection_id("10.0.0.1:3-10.0.0.2:2").value();
    const ConnectionId later = parse_connection_id("10.0.0.1:5-10.0.0.2:2").value();
    make.connection(later).connection(first).one(Marker{}).connection(second).one(Marker{});
    make.all(Scenario{"l", "t", true, false, std::nullopt}).connection(later).one(Marker{});
    EXPECT_EQ(told(make.trace), (std::vector<std::string>{
                                    "all client UNKNOWN CLOSED",
                                    "all server UNKNOWN CLOSED",
                                    "1 client UNKNOWN CLOSED",
                                    "1 server UNKNOWN CLOSED",
                                    "2 client UNKNOWN CLOSED",
                                    "2 server UNKNOWN CLOSED",
                                }));
}

// A reader without a TCP model: it takes the states of all and those of its connection, which
// begins with the state of all. What it has must be what the Timeline says.
TEST(StatesOfTrace, AReaderOfTheStatesKnowsWhatTheTimelineKnows) {
    for (const NamedTrace& sample : all_samples()) {
        const std::size_t connections = sample.trace.connections().size();
        for (ConnectionIndex index = 0; index < connections; ++index) {
            StatesOfTrace states(hindsight_of(sample.trace));
            Timeline timeline(sample.trace, index);
            std::array<State, 2> known{};  // by role
            bool begun = false;
            std::size_t position = 0;
            for (const Event& event : sample.trace.events()) {
                begun = begun || event.connection == index;
                for (const InferredChange& change : states.apply(event).changes) {
                    const bool mine = begun ? change.connection == index : !change.connection;
                    if (mine) known[static_cast<std::size_t>(change.endpoint)] = change.to;
                }
                if (event.connection && event.connection != index) continue;
                const Connection& connection = timeline.at(++position);
                EXPECT_EQ(known[0], connection.client.state()) << sample.name << " " << position;
                EXPECT_EQ(known[1], connection.server.state()) << sample.name << " " << position;
            }
            EXPECT_EQ(position, timeline.size());
        }
    }
}

TEST(StatesOfTrace, TellsWhatIsSentAgainAndWhatMovedAnEnd) {
    StatesOfTrace states;
    std::vector<SegmentId> again;
    std::vector<Trigger> triggers;
    const Trace trace = gated_run();
    for (const Event& event : trace.events()) {
        const Inferences inferences = states.apply(event);
        if (inferences.retransmission_of != 0) again.push_back(inferences.retransmission_of);
        for (const InferredChange& change : inferences.changes) triggers.push_back(change.trigger);
    }
    EXPECT_EQ(again, (std::vector<SegmentId>{1}));
    const Trigger scenario{"simulation:scenario", "handshake-held"};
    EXPECT_EQ(triggers, (std::vector<Trigger>{
                            scenario,
                            scenario,
                            {"tcp:segment_sent", Trigger::OfSegment{1}},
                            {"tcp:segment_delivered", Trigger::OfSegment{4}},
                        }));
}

}  // namespace
}  // namespace tcpstep::model::qlog
