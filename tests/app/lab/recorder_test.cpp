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
        one.title.en = "A title";
        one.server = *model::parse_socket_address("127.0.0.1:8000");
        return one;
    }();
    Recorder recorder{lesson, true, Time(Duration(1000)), progress};

    static Time at(int ns) { return Time(Duration(ns)); }
    void note(int ns, const std::string& text) {
        recorder.add(at(ns), std::nullopt, model::Marker{"note", text});
    }
    model::SegmentId packet(int ns, bool from_client, std::uint16_t flags, std::uint32_t seq,
                            std::uint32_t ack) {
        capture::Packet packet;
        packet.source =
            *model::parse_socket_address(from_client ? "127.0.0.1:40000" : "127.0.0.1:8000");
        packet.destination =
            *model::parse_socket_address(from_client ? "127.0.0.1:8000" : "127.0.0.1:40000");
        packet.segment.flags = model::Flags(flags);
        packet.segment.seq = model::SeqNum(seq);
        packet.segment.ack = model::SeqNum(ack);
        return recorder.add_segment(at(ns), packet);
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
    const auto second = packet(3000, false, model::Flags::kSyn | model::Flags::kAck, 20, 11);
    recorder.release(at(2500));
    EXPECT_EQ(progress.state(model::Role::Client), model::State::SynSent);
    recorder.release(at(3500));
    EXPECT_EQ(progress.state(model::Role::Client), model::State::SynSent) << "gated: in flight";
    EXPECT_EQ(second, 2U);
    const auto& sent = std::get<model::SegmentSent>(recorder.trace().events().back().fact);
    EXPECT_EQ(sent.segment.id, 2U);
    EXPECT_EQ(sent.segment.from, model::Role::Server);
    EXPECT_EQ(to_string(recorder.trace().connections()[0]), "127.0.0.1:40000-127.0.0.1:8000");
}

TEST_F(Records, AConnectToElsewhereIsNotThatOfTheSyn) {
    recorder.add(at(2000), std::nullopt,
                 model::CallEntered{1, model::Role::Client, "connect", {{"address", "@name"}}});
    recorder.add(
        at(2100), std::nullopt,
        model::CallEntered{2, model::Role::Client, "connect", {{"address", "127.0.0.1:8000"}}});
    packet(2500, true, model::Flags::kSyn, 10, 0);
    recorder.release(Time::max());
    const auto& events = recorder.trace().events();
    EXPECT_EQ(events[1].connection, std::nullopt);
    EXPECT_EQ(events[2].connection, model::ConnectionIndex{0});
}

TEST_F(Records, ADatagramComesFromTheServerIfItsAddressSentIt) {
    const auto client = *model::parse_socket_address("127.0.0.1:9000");
    recorder.add_datagram(at(2000), {client, lesson.server, 5, {}});
    recorder.add_datagram(at(3000), {lesson.server, client, 6, {}});
    recorder.add_icmp_error(at(4000), {3, 3, client, lesson.server});
    recorder.release(Time::max());
    const auto& events = recorder.trace().events();
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(std::get<model::DatagramSent>(events[1].fact).from, model::Role::Client);
    EXPECT_EQ(std::get<model::DatagramSent>(events[2].fact).from, model::Role::Server);
    EXPECT_EQ(std::get<model::IcmpErrorSent>(events[3].fact).from, model::Role::Server)
        << "which did not want the client's datagram";
    EXPECT_EQ(events[3].connection, std::nullopt);
}

TEST_F(Records, ALessonWithoutTcpSaysSo) {
    const auto tcp = [this](lesson::SocketKind kind) {
        lesson::Step step;
        step.kind = kind;
        lesson.client_steps = {step};
        const Recorder one(lesson, false, Time(Duration(1000)), progress);
        return std::get<model::Scenario>(one.trace().events().front().fact).tcp;
    };
    EXPECT_TRUE(tcp({}));
    EXPECT_FALSE(tcp({lesson::Family::Inet, lesson::SocketType::Datagram}));
    EXPECT_FALSE(tcp({lesson::Family::Unix, lesson::SocketType::Stream}));
}

TEST_F(Records, AConnectBelongsToTheConnectionThatItsSynOpens) {
    const auto call = [this](int ns, model::Fact fact) {
        recorder.add(at(ns), std::nullopt, std::move(fact));
    };
    call(2000, model::CallEntered{1, model::Role::Client, "connect", {}});
    packet(2500, true, model::Flags::kSyn, 10, 0);
    call(3000, model::CallEntered{2, model::Role::Server, "accept", {}});
    call(4000, model::CallReturned{1, model::Role::Client, "connect", -1, "ECONNREFUSED"});
    recorder.release(Time::max());
    const auto& events = recorder.trace().events();
    ASSERT_EQ(events.size(), 5U);
    EXPECT_EQ(events[1].connection, model::ConnectionIndex{0});
    EXPECT_EQ(events[3].connection, std::nullopt) << "whose it will be nobody knows yet";
    EXPECT_EQ(events[4].connection, model::ConnectionIndex{0});
}

TEST_F(Records, WhatTheGateDoesBelongsToTheSegmentsConnection) {
    const auto syn = packet(2000, true, model::Flags::kSyn, 10, 0);
    recorder.add(at(2001), std::nullopt, model::SegmentHeld{syn});
    const auto copy = recorder.new_segment_id();
    recorder.add(at(2002), std::nullopt, model::SegmentDuplicated{syn, copy});
    recorder.add(at(2003), std::nullopt, model::SegmentDelivered{copy});
    EXPECT_EQ(recorder.connection_of(copy), std::nullopt) << "not known before its SYN is placed";
    recorder.release(Time::max());
    EXPECT_EQ(recorder.connection_of(copy), model::ConnectionIndex{0});
    for (std::size_t i = 1; i < recorder.trace().events().size(); ++i) {
        EXPECT_EQ(recorder.trace().events()[i].connection, model::ConnectionIndex{0}) << i;
    }
    EXPECT_EQ(recorder.connection(0).in_flight.size(), 1U);
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
