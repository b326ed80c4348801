// What the gate stopped and what was captured, brought together on a real gate.
#include "app/lab/gatekeeper.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include "app/lab/clock.hpp"
#include "tests/capture/gated.hpp"
#include "tests/capture/in_private_network.hpp"

namespace tcpstep::lab {
namespace {

using capture::Family;
using capture::Socket;

class AtTheGate : public capture::InFreshNetwork {
  public:
    Progress progress;
    lesson::Lesson lesson;
    std::optional<Recorder> recorder;
    std::optional<Gatekeeper> keeper;

    // A gatekeeper for a server at that address; nothing is captured here, the test tells it.
    void guard(const model::SocketAddress& server) {
        lesson.server = server;
        recorder.emplace(lesson, true, now(), progress);
        keeper.emplace(capture::SegmentGate::open().value(), HoldPolicy{}, false, server,
                       *recorder);
    }
    void wait_for_a_segment() {
        pollfd one{keeper->descriptor(), POLLIN, 0};
        ASSERT_EQ(poll(&one, 1, 20'000), 1);
        ASSERT_TRUE(keeper->take_stopped().value());
    }
    std::string notes() {
        recorder->release(model::Time::max());
        std::string text;
        for (const model::Event& event : recorder->trace().events()) {
            const auto* note = std::get_if<model::Marker>(&event.fact);
            if (note != nullptr) text += note->message + "; ";
        }
        return text;
    }
};

// Never lost: its receiver gets it at once, and the trace says so.
TEST_F(AtTheGate, ASegmentThatWasNotCapturedIsLetGoAndNoted) {
    const Socket listener = capture::listen_on(Family::V4);
    guard(listener.local());
    const Socket client = capture::begin_connect_to(listener.local());
    wait_for_a_segment();
    ASSERT_TRUE(keeper->match(now()));
    EXPECT_TRUE(keeper->flight().aloft().empty());
    EXPECT_EQ(notes(), "a segment from " + to_string(client.local()) +
                           " stopped that was not captured; it was let go; ");
    EXPECT_EQ(capture::states(client.local(), listener.local()), "SYN_SENT, SYN_RCVD");
}

TEST_F(AtTheGate, ASegmentThatDoesNotStopIsTakenAsDeliveredAndNoted) {
    guard(*model::parse_socket_address("127.0.0.1:8000"));
    capture::Packet syn;
    syn.source = *model::parse_socket_address("127.0.0.1:40000");
    syn.destination = lesson.server;
    syn.segment.flags = model::Flags(model::Flags::kSyn);
    const model::Time sent = now();
    keeper->captured(sent, syn);
    ASSERT_TRUE(keeper->match(sent + std::chrono::milliseconds(999)));
    EXPECT_EQ(notes(), "") << "it may still come";
    ASSERT_TRUE(keeper->due());
    ASSERT_TRUE(keeper->match(*keeper->due() + std::chrono::milliseconds(1)));
    EXPECT_EQ(notes(), "segment 1 did not stop at the gate; ");
    EXPECT_TRUE(recorder->connection(0).in_flight.empty());
    EXPECT_EQ(keeper->due(), std::nullopt);
}

// Only the same numbers, flags, length and IP id make it the same segment.
TEST_F(AtTheGate, ASegmentIsMatchedByAllThatNamesIt) {
    const Socket listener = capture::listen_on(Family::V4);
    capture::Packet real;
    {
        capture::Gated gated;
        const Socket client = capture::begin_connect_to(listener.local());
        real = gated.next().packet;
    }
    const std::function<void(capture::Packet&)> differences[] = {
        [](capture::Packet& p) { p.segment.seq = p.segment.seq + 1; },
        [](capture::Packet& p) { p.segment.ack = p.segment.ack + 1; },
        [](capture::Packet& p) { p.segment.length += 1; },
        [](capture::Packet& p) { p.ip_id = static_cast<std::uint16_t>(p.ip_id + 1); },
        [](capture::Packet& p) { p.segment.flags = model::Flags(model::Flags::kFin); },
        [](capture::Packet& p) { p.source.port = static_cast<std::uint16_t>(p.source.port + 1); },
    };
    for (const auto& differ : differences) {
        capture::Packet other = real;
        differ(other);
        EXPECT_FALSE(is_same_segment(real, other));
    }
    EXPECT_TRUE(is_same_segment(real, real));
}

}  // namespace
}  // namespace tcpstep::lab
