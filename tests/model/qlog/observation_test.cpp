#include "model/observation.hpp"

#include <chrono>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "model/timeline.hpp"
#include "tests/model/qlog/print_fault.hpp"
#include "tests/model/wire_headers.hpp"

namespace tcpstep::model::qlog {
namespace {

const SocketAddress kServer = *parse_socket_address("10.0.0.1:8000");

constexpr std::uint16_t kS = Flags::kSyn, kA = Flags::kAck, kF = Flags::kFin, kR = Flags::kRst,
                        kSA = kS | kA, kFA = kF | kA, kRA = kR | kA;

/// A capture that tests make, one segment a millisecond unless told otherwise.
class Capture {
  public:
    Observation observation;
    std::chrono::milliseconds clock{1'700'000'000'000};

    Capture& take(const SocketAddress& source, const SocketAddress& destination,
                  std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                  std::uint32_t length = 0) {
        SegmentSummary summary;
        summary.time = Time(clock += std::chrono::milliseconds(1));
        summary.flags = Flags(flags);
        summary.seq = SeqNum(seq);
        if (summary.flags.ack()) summary.ack = SeqNum(ack);
        summary.length = length;
        std::vector<std::uint8_t> headers;
        testing::write_headers(headers, source, destination, summary);
        observation.take(source, destination, summary, headers);
        return *this;
    }
    Capture& client(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                    std::uint32_t length = 0) {
        return take(peer, kServer, flags, seq, ack, length);
    }
    Capture& server(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                    std::uint32_t length = 0) {
        return take(kServer, peer, flags, seq, ack, length);
    }
    Capture& handshake(std::uint32_t isn = 100) {
        return client(kS, isn).server(kSA, 500, isn + 1).client(kA, isn + 1, 501);
    }
    Capture& close(std::uint32_t isn = 100) {
        client(kFA, isn + 1, 501).server(kA, 501, isn + 2).server(kFA, 501, isn + 2);
        return client(kA, isn + 2, 502);
    }

    SocketAddress peer = *parse_socket_address("10.0.0.2:43512");

    std::string text() const {
        std::ostringstream out;
        write_contained(observation, {"made.pcap", "a description"}, out);
        return out.str();
    }
};

/// What is written must be valid, and read again tell the states that were observed.
void expect_round_trip(const Capture& capture) {
    const Observation& observed = capture.observation;
    const std::string text = capture.text();
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading) << reading.error().line();
    ASSERT_EQ(reading->faults, std::vector<Fault>{}) << text;
    const Trace& trace = reading->trace;
    ASSERT_EQ(trace.events().size(), observed.segments());
    ASSERT_EQ(trace.connections().size(), observed.connections());
    for (ConnectionIndex index = 0; index < observed.connections(); ++index) {
        const ConnectionId id = observed.connection(index).id;
        const auto found = std::find(trace.connections().begin(), trace.connections().end(), id);
        ASSERT_NE(found, trace.connections().end()) << to_string(id);
        const auto in_trace = static_cast<ConnectionIndex>(found - trace.connections().begin());
        const Timeline timeline(trace, in_trace);
        std::vector<TrackedChange> told;
        for (std::size_t i = 0; i < timeline.size(); ++i) {
            const auto& sent = std::get<SegmentSent>(timeline.event(i).fact);
            for (const Effects::Change& each : timeline.effects(i).changes) {
                TrackedChange change{sent.segment.id,       each.cause,     each.endpoint,
                                     each.change.from,      each.change.to, each.doubt,
                                     TrackedChange::kNoEdge};
                if (each.change.edge != nullptr) {
                    change.edge_index =
                        static_cast<std::uint8_t>(each.change.edge - kMachine.data());
                }
                told.push_back(change);
            }
        }
        EXPECT_TRUE(told == observed.changes(index)) << to_string(id) << "\n" << text;
        const Connection& last = timeline.at(timeline.size());
        EXPECT_EQ(last.client.state(), observed.state(index, Role::Client)) << text;
        EXPECT_EQ(last.server.state(), observed.state(index, Role::Server)) << text;
    }
    if (trace.events().empty()) return;
    // The writer of a Trace writes the same.
    std::ostringstream again;
    write_contained(trace, again);
    EXPECT_EQ(again.str(), text);
}

TEST(WriteObservation, AConnectionFromItsBeginningToItsEnd) {
    Capture capture;
    capture.handshake().close().observation.finish();
    expect_round_trip(capture);
    const std::string text = capture.text();
    for (
        const char* part : {
            R"("title":"made.pcap","description":"a description")",
            R"("vantage_point":{"name":"capture","type":"network"})",
            R"("old":"LISTEN","new":"SYN_RCVD","trigger":{"event":"tcp:segment_sent","segment":1},)"
            R"("source":"inferred","rfc":"3.10.7.2","sentence":"The server got the client's SYN, )"
            R"(answers with SYN,ACK and waits for its ACK."})",
        }) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

TEST(WriteObservation, ADoubtIsToldWithItsReason) {
    Capture capture;
    capture.handshake().client(kFA, 101, 501).server(kFA, 501, 102).client(kA, 102, 502);
    capture.observation.finish();
    expect_round_trip(capture);
    EXPECT_NE(capture.text().find(R"("certainty":"assumed","reason":"nothing that was captured)"),
              std::string::npos)
        << "nothing follows the last ACK\n"
        << capture.text();
}

TEST(WriteObservation, WhatACaptureHolds) {
    const auto other = *parse_socket_address("[fe80::2]:9");
    const auto same = *parse_socket_address("[fe80::1]:9");
    const std::vector<void (*)(Capture&)> captures = {
        [](Capture&) {},
        [](Capture& c) { c.client(kA, 7, 9, 5).server(kA, 9, 12, 5).client(kA, 12, 14); },
        [](Capture& c) { c.client(kS, 100).server(kRA, 0, 101); },
        [](Capture& c) { c.client(kS, 100).client(kS, 100).client(kS, 100); },
        [](Capture& c) { c.handshake().client(kRA, 101, 501); },
        [](Capture& c) {
            c.client(kS, 100).server(kS, 500).client(kSA, 100, 501).server(kSA, 500, 101);
        },
        // The same addresses and ports twice, at once and after an hour; a third time by the
        // server.
        [](Capture& c) { c.handshake().close().handshake(900).close(900); },
        [](Capture& c) {
            c.handshake().close().clock += std::chrono::hours(1);
            c.handshake(900).close(900).server(kS, 77).client(kSA, 5, 78);
        },
        // It goes on in the capture of another one.
        [](Capture& c) {
            c.handshake().close().peer.port = 9;
            c.clock += std::chrono::minutes(10);
            c.handshake();
        },
    };
    for (std::size_t i = 0; i < captures.size(); ++i) {
        SCOPED_TRACE("capture " + std::to_string(i));
        Capture capture;
        captures[i](capture);
        capture.observation.finish();
        expect_round_trip(capture);
    }
    Capture itself;
    itself.take(same, same, kS, 1).take(same, same, kSA, 1, 2).take(same, same, kA, 2, 2);
    itself.take(other, same, kS, 1).observation.finish();
    expect_round_trip(itself);
}

TEST(WriteObservation, ATimeThatGoesBackIsWrittenAsTheLast) {
    Capture capture;
    capture.client(kS, 100).clock -= std::chrono::seconds(5);
    capture.server(kSA, 500, 101).client(kA, 101, 501).observation.finish();
    expect_round_trip(capture);
    const std::string text = capture.text();
    for (std::size_t at = 0; (at = text.find("{\"time\":", at)) != std::string::npos; at += 8) {
        EXPECT_EQ(text.substr(at + 8, 8), "0.000000");
    }
}

// Whatever is captured, what is written is valid.
TEST(WriteObservation, RandomSegmentsOfManyConnections) {
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        const auto one_of = [&](const auto& list) { return list[random() % std::size(list)]; };
        constexpr std::uint16_t kFlags[] = {kS, kSA, kA, kA, kA, kFA, kRA, kR};
        constexpr std::uint32_t kNumbers[] = {100, 101, 102, 103, 900};
        Capture capture;
        for (int i = 0; i < 40; ++i) {
            capture.peer.port = static_cast<std::uint16_t>(1000 + random() % 4);
            if (random() % 8 == 0) capture.clock += std::chrono::seconds(random() % 100);
            const std::uint16_t flags = one_of(kFlags);
            const std::uint32_t seq = one_of(kNumbers);
            const std::uint32_t ack = one_of(kNumbers);
            const auto length = static_cast<std::uint32_t>(random() % 3);
            if (random() % 2 == 0) {
                capture.client(flags, seq, ack, length);
            } else {
                capture.server(flags, seq, ack, length);
            }
        }
        capture.observation.finish();
        expect_round_trip(capture);
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace tcpstep::model::qlog
