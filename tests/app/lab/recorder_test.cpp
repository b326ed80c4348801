#include "app/lab/recorder.hpp"

#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"

namespace tcpstep::lab {
namespace {

using model::Duration;
using model::Time;

class Records : public ::testing::Test {
  public:
    Progress progress;
    lesson::Lesson lesson = [] {
        lesson::Lesson one;
        one.id = "x";
        one.title = "A title";
        one.server = *model::parse_socket_address("127.0.0.1:8000");
        return one;
    }();
    Recorder recorder{lesson, Time(Duration(1000)), progress};

    static Time at(int ns) { return Time(Duration(ns)); }
    void note(int ns, const std::string& text) {
        recorder.add(at(ns), std::nullopt, model::Marker{"note", text});
    }
    void packet(int ns, bool from_client, std::uint16_t flags, std::uint32_t seq,
                std::uint32_t ack) {
        capture::Packet packet;
        packet.source =
            *model::parse_socket_address(from_client ? "127.0.0.1:40000" : "127.0.0.1:8000");
        packet.destination =
            *model::parse_socket_address(from_client ? "127.0.0.1:8000" : "127.0.0.1:40000");
        packet.segment.flags = model::Flags(flags);
        packet.segment.seq = model::SeqNum(seq);
        packet.segment.ack = model::SeqNum(ack);
        recorder.add_packet(at(ns), packet);
    }
    std::string notes() const {
        std::string text;
        for (const model::Event& event : recorder.trace().events()) {
            if (const auto* marker = std::get_if<model::Marker>(&event.fact))
                text += marker->message + ";";
        }
        return text;
    }
};

TEST_F(Records, PutsEventsInOrderOfTimeAndHoldsBackTheRest) {
    note(3000, "c");
    note(2000, "b");
    note(2000, "b2");
    note(4000, "d");
    EXPECT_EQ(recorder.oldest_waiting(), at(2000));
    recorder.release(at(3500));
    EXPECT_EQ(notes(), "b;b2;c;");
    recorder.release(at(5000));
    EXPECT_EQ(notes(), "b;b2;c;d;");
    EXPECT_EQ(recorder.oldest_waiting(), std::nullopt);
}

TEST_F(Records, WhatComesTooLateStandsAfterAndIsSaidToBeLate) {
    note(9'000'000, "now");
    recorder.release(Time::max());
    note(7'000'000, "before");
    recorder.release(Time::max());
    EXPECT_EQ(notes(), "now;the next event happened 2000 us earlier;before;");
}

TEST_F(Records, NumbersSegmentsAndTellsTheStates) {
    packet(2000, true, model::Flags::kSyn, 10, 0);
    packet(3000, false, model::Flags::kSyn | model::Flags::kAck, 20, 11);
    recorder.release(at(2500));
    EXPECT_EQ(progress.state(model::Role::Client), model::State::SynSent);
    recorder.release(at(3500));
    EXPECT_EQ(progress.state(model::Role::Client), model::State::Established);
    const auto& sent = std::get<model::SegmentSent>(recorder.trace().events().back().fact);
    EXPECT_EQ(sent.segment.id, 2U);
    EXPECT_EQ(sent.segment.from, model::Role::Server);
    EXPECT_EQ(to_string(recorder.trace().connections()[0]), "127.0.0.1:40000-127.0.0.1:8000");
}

TEST_F(Records, AMalformedPacketIsAnEventAndOtherTrafficIsNot) {
    recorder.add_packet(at(2000), capture::Malformed{"TCP header cut off"});
    recorder.add_packet(at(3000), capture::NotTcp{"UDP"});
    recorder.release(Time::max());
    EXPECT_EQ(notes(), "TCP header cut off;");
}

TEST_F(Records, TheWireCarriesTheWholeTraceOnce) {
    model::Trace received;
    model::qlog::RecordReader reader(received);
    const auto read_wire = [&] {
        std::istringstream lines(recorder.take_wire());
        for (std::string line; std::getline(lines, line);) {
            const auto taken = reader.take(line);
            EXPECT_TRUE(taken) << taken.error().line() << "\n" << line;
        }
    };
    read_wire();
    packet(2000, true, model::Flags::kSyn, 10, 0);
    note(3000, "quoted \"text\"");
    recorder.release(Time::max());
    read_wire();
    EXPECT_EQ(received.events(), recorder.trace().events());
    EXPECT_EQ(received.connections(), recorder.trace().connections());
    EXPECT_EQ(received.title, "A title");
    EXPECT_EQ(recorder.take_wire(), "");
}

}  // namespace
}  // namespace tcpstep::lab
