#include "app/lab/flight.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

using model::Flags;
using model::Role;
using model::SegmentId;
using model::SeqNum;
using model::Time;
using std::chrono::milliseconds;

constexpr std::uint16_t kSyn = Flags::kSyn;
constexpr std::uint16_t kAck = Flags::kAck;
constexpr std::uint16_t kFin = Flags::kFin | Flags::kAck;

// Tells what passes the gate, and keeps what was ordered: "deliver 1", "drop 2", "held 3".
class InFlight : public ::testing::Test {
  public:
    Flight flight{{Hold::Every, milliseconds(0)}, false};
    std::string orders;
    Time now{std::chrono::seconds(1)};
    std::optional<Time> sent;  // when what comes now was captured, if not now
    SegmentId next = 1;

    static capture::Packet packet(Role from, std::uint16_t flags, std::uint32_t seq,
                                  std::uint32_t ack, std::uint32_t length) {
        capture::Packet packet;
        const auto client = *model::parse_socket_address("127.0.0.1:40000");
        const auto server = *model::parse_socket_address("127.0.0.1:8000");
        packet.source = from == Role::Client ? client : server;
        packet.destination = from == Role::Client ? server : client;
        packet.segment.from = from;
        packet.segment.flags = Flags(flags);
        packet.segment.seq = SeqNum(seq);
        packet.segment.ack = SeqNum(ack);
        packet.segment.length = length;
        return packet;
    }

    // Captured, and stopped at once.
    SegmentId send(Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                   std::uint32_t length = 0) {
        Aloft aloft;
        aloft.packet = packet(from, flags, seq, ack, length);
        aloft.sent = sent.value_or(now);
        aloft.copy_of = flight.absorbed_by(aloft.packet, aloft.sent);
        aloft.id = next++;
        aloft.number = aloft.id;
        const SegmentId id = aloft.id;
        take(flight.stopped(std::move(aloft), now));
        return id;
    }
    SegmentId client(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                     std::uint32_t length = 0) {
        return send(Role::Client, flags, seq, ack, length);
    }
    SegmentId server(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                     std::uint32_t length = 0) {
        return send(Role::Server, flags, seq, ack, length);
    }
    void deliver(SegmentId id) { take(flight.deliver(id, now)); }
    void drop(SegmentId id) { take(flight.drop(id, now)); }

    void take(const Orders& given) {
        for (const Order& order : given) orders += words(order) + "; ";
    }
    static std::string words(const Order& order) {
        const auto id = [](auto number) { return std::to_string(number); };
        if (const auto* f = std::get_if<model::SegmentHeld>(&order.fact)) {
            return "held " + id(f->id) + (f->pass_ms > 0 ? " for " + id(f->pass_ms) : "");
        }
        if (const auto* f = std::get_if<model::SegmentHeldBack>(&order.fact)) {
            return id(f->id) + " behind " + id(f->behind);
        }
        if (const auto* f = std::get_if<model::SegmentDelivered>(&order.fact)) {
            EXPECT_EQ(order.what, Order::Do::SendOn);
            return "deliver " + id(f->id);
        }
        if (const auto* f = std::get_if<model::SegmentDropped>(&order.fact)) {
            EXPECT_EQ(order.what, Order::Do::Discard);
            return "drop " + id(f->id);
        }
        if (const auto* f = std::get_if<model::SegmentDuplicated>(&order.fact)) {
            return id(f->id) + " copied as " + id(f->copy);
        }
        return "injected";
    }
    std::string ordered() { return std::exchange(orders, ""); }
    std::string aloft() const {
        std::string text;
        for (const Aloft& one : flight.aloft()) {
            text += std::to_string(one.id) + (one.copy_of != 0 ? "c " : " ");
        }
        return text;
    }
};

TEST_F(InFlight, ASegmentWaitsUntilItIsDeliveredOrDropped) {
    client(kSyn, 10);
    EXPECT_EQ(ordered(), "held 1; ");
    EXPECT_FALSE(flight.clear());
    deliver(1);
    EXPECT_EQ(ordered(), "deliver 1; ");
    EXPECT_TRUE(flight.clear());
    deliver(1);
    drop(1);
    take(flight.hold_back(1));
    take(flight.duplicate(1, 9, now));
    EXPECT_EQ(ordered(), "") << "it is gone";
}

TEST_F(InFlight, WhatIsSentAgainWhileTheOriginalIsHeldIsAbsorbedAndDroppedWithIt) {
    client(kSyn, 10);
    EXPECT_EQ(client(kSyn, 10), 2U);
    client(kSyn, 10);
    EXPECT_EQ(aloft(), "1 2c 3c ");
    ordered();
    deliver(1);
    EXPECT_EQ(ordered(), "deliver 1; drop 2; drop 3; ");
}

TEST_F(InFlight, ALostSegmentTakesItsCopiesWithItAndTheNextOneStandsForItself) {
    client(kSyn, 10);
    client(kSyn, 10);
    ordered();
    drop(1);
    EXPECT_EQ(ordered(), "drop 1; drop 2; ");
    client(kSyn, 10);
    EXPECT_EQ(ordered(), "held 3; ");
}

TEST_F(InFlight, WhatIsSentAgainWhileItsAnswerIsHeldIsAbsorbed) {
    client(kSyn, 10);
    deliver(1);
    server(kSyn | kAck, 50, 11);
    deliver(2);
    client(kAck, 11, 51);
    ordered();
    server(kSyn | kAck, 50, 11);
    EXPECT_EQ(aloft(), "3 4c ");
    EXPECT_EQ(flight.aloft()[1].copy_of, 2U);
    deliver(3);
    EXPECT_EQ(ordered(), "deliver 3; drop 4; ");
}

TEST_F(InFlight, WhenTheAnswerIsLostTheCopyHealsIt) {
    client(kSyn, 10);
    deliver(1);
    server(kSyn | kAck, 50, 11);
    deliver(2);
    client(kAck, 11, 51);
    server(kSyn | kAck, 50, 11);
    server(kSyn | kAck, 50, 11);
    ordered();
    drop(3);
    EXPECT_EQ(ordered(), "drop 3; held 4; drop 5; ") << "one of them is enough";
    EXPECT_EQ(aloft(), "4 ");
}

TEST_F(InFlight, DataThatAHeldAckCoversIsAbsorbedAndOtherDataIsNot) {
    const auto first = client(kAck, 100, 1, 10);
    const auto second = client(kAck, 110, 1, 10);
    deliver(first);
    deliver(second);
    server(kAck, 1, 110);
    client(kAck, 100, 1, 10);
    EXPECT_EQ(aloft(), "3 4c ");
    client(kAck, 110, 1, 10);
    EXPECT_EQ(aloft(), "3 4c 5 ") << "nobody has acknowledged it yet";
}

TEST_F(InFlight, TheSynAckOfASimultaneousOpenIsNoCopyOfItsSyn) {
    client(kSyn, 10);
    server(kSyn, 50);
    deliver(1);
    deliver(2);
    server(kSyn | kAck, 50, 11);
    client(kSyn | kAck, 10, 51);
    EXPECT_EQ(aloft(), "3 4 ");
    server(kSyn | kAck, 50, 11);
    EXPECT_EQ(aloft(), "3 4 5c ") << "but this is one of its SYN,ACK";
}

TEST_F(InFlight, EqualAcksAreNoCopiesOfEachOther) {
    client(kAck, 11, 51);
    client(kAck, 11, 51);
    EXPECT_EQ(aloft(), "1 2 ");
}

TEST_F(InFlight, WithShownRetransmissionsNothingIsAbsorbed) {
    flight = Flight({Hold::Every, milliseconds(0)}, true);
    client(kSyn, 10);
    client(kSyn, 10);
    EXPECT_EQ(aloft(), "1 2 ");
    ordered();
    deliver(1);
    EXPECT_EQ(ordered(), "deliver 1; ");
}

TEST_F(InFlight, ACopyOfOursFollowsAndIsInjected) {
    client(kAck, 100, 1, 10);
    client(kAck, 110, 1, 10);
    ordered();
    take(flight.duplicate(1, 9, now));
    EXPECT_EQ(ordered(), "1 copied as 9; ");
    EXPECT_EQ(aloft(), "1 9 2 ");
    const Orders given = flight.deliver(9, now);
    ASSERT_EQ(given.size(), 1U);
    EXPECT_EQ(given[0].segment.number, std::nullopt) << "the kernel's queue does not know it";
    deliver(1);
    EXPECT_EQ(ordered(), "deliver 1; ");
}

TEST_F(InFlight, TheNextOneOfTheSameWayOvertakesWhatIsHeldBack) {
    client(kAck, 100, 1, 10);
    server(kAck, 1, 100);
    client(kAck, 110, 1, 10);
    ordered();
    take(flight.hold_back(1));
    EXPECT_EQ(ordered(), "1 behind 3; ");
    EXPECT_EQ(aloft(), "2 3 1 ");
}

TEST_F(InFlight, WhatIsHeldBackAloneWaitsForTheNextThatComes) {
    client(kAck, 100, 1, 10);
    ordered();
    take(flight.hold_back(1));
    EXPECT_EQ(ordered(), "1 behind 0; ");
    server(kAck, 1, 100);
    EXPECT_EQ(ordered(), "held 2; 1 behind 2; ");
    client(kAck, 110, 1, 10);
    EXPECT_EQ(ordered(), "held 3; 1 behind 3; ");
    client(kAck, 120, 1, 10);
    EXPECT_EQ(ordered(), "held 4; ") << "one has overtaken it, that is enough";
    EXPECT_EQ(aloft(), "2 3 1 4 ");
}

TEST_F(InFlight, WhatNeedNotYieldAnyMoreIsHeldLikeAnyOther) {
    client(kAck, 100, 1, 10);
    take(flight.hold_back(1));
    ordered();
    take(flight.stand(1));
    take(flight.stand(77));
    EXPECT_EQ(ordered(), "held 1; ");
    client(kAck, 110, 1, 10);
    EXPECT_EQ(aloft(), "1 2 ");
}

TEST_F(InFlight, AnInjectedSegmentOvertakesAll) {
    client(kAck, 100, 1, 10);
    Aloft reset;
    reset.id = 9;
    reset.packet = packet(Role::Client, Flags::kRst, 100, 0, 0);
    take(flight.inject(std::move(reset), now));
    EXPECT_EQ(aloft(), "9 1 ");
}

TEST_F(InFlight, OnlyWhatThePolicyNamesStops) {
    struct Case {
        Hold what;
        const char* held;
    };
    for (const Case& c :
         {Case{Hold::Every, "1 2 3 4 "}, Case{Hold::Control, "1 3 "},
          Case{Hold::FromClient, "1 2 "}, Case{Hold::FromServer, "3 4 "}, Case{Hold::None, ""}}) {
        flight = Flight({c.what, milliseconds(0)}, false);
        next = 1;
        client(kSyn, 10);
        client(kAck, 11, 1, 5);
        server(kFin, 1, 11);
        server(kAck, 2, 11);
        EXPECT_EQ(aloft(), c.held);
    }
}

TEST_F(InFlight, InSlowMotionSegmentsGoOnWhenTheirTimeHasCome) {
    flight = Flight({Hold::None, milliseconds(400)}, false);
    client(kSyn, 10);
    EXPECT_EQ(ordered(), "held 1 for 400; ");
    EXPECT_EQ(flight.due(), now + milliseconds(400));
    now += milliseconds(100);
    client(kSyn, 10);
    client(kAck, 11, 1, 5);
    ordered();
    take(flight.pass(now + milliseconds(299)));
    EXPECT_EQ(ordered(), "");
    take(flight.pass(now + milliseconds(300)));
    EXPECT_EQ(ordered(), "deliver 1; drop 2; ");
    EXPECT_EQ(flight.due(), now + milliseconds(400));
}

TEST_F(InFlight, ANewPolicyHoldsForWhatIsInFlightToo) {
    client(kSyn, 10);
    client(kSyn, 10);
    client(kAck, 11, 1, 5);
    ordered();
    take(flight.set_policy({Hold::Control, milliseconds(0)}, now));
    EXPECT_EQ(ordered(), "deliver 3; ");
    take(flight.set_policy({Hold::None, milliseconds(400)}, now));
    EXPECT_EQ(ordered(), "held 1 for 400; ");
    take(flight.set_policy({Hold::Every, milliseconds(400)}, now));
    EXPECT_EQ(ordered(), "held 1; ");
    EXPECT_EQ(flight.due(), std::nullopt);
    take(flight.set_policy({Hold::None, milliseconds(0)}, now));
    EXPECT_EQ(ordered(), "deliver 1; drop 2; ");
    EXPECT_TRUE(flight.aloft().empty());
}

// The answer was captured, but has not come to the gate yet: on a busy machine both are taken in at
// once, and the copy after it waits for it all the same.
TEST_F(InFlight, WhatIsAnsweredBySegmentsThatAreAboutToStopIsAbsorbed) {
    const SegmentId syn_ack = server(kSyn | kAck, 0, 1);
    const capture::Packet again = packet(Role::Server, kSyn | kAck, 0, 1, 0);
    EXPECT_EQ(flight.absorbed_by(again, now), syn_ack);
    flight.deliver(syn_ack, now);
    EXPECT_EQ(flight.absorbed_by(again, now), 0U) << "nothing answers it";
    const capture::Packet answer = packet(Role::Client, kAck, 1, 1, 0);
    EXPECT_EQ(flight.absorbed_by(again, now, {{7, 0, &answer}}), syn_ack);
    EXPECT_EQ(flight.absorbed_by(again, now, {{7, 3, &answer}}), 0U)
        << "that one is absorbed itself";
    EXPECT_EQ(flight.absorbed_by(answer, now, {{8, 0, &again}}), 0U);
    EXPECT_EQ(flight.absorbed_by(again, now, {{8, 0, &again}}), 8U)
        << "the original is yet to stop";
    EXPECT_EQ(flight.absorbed_by(again, now, {{8, 2, &again}}), 2U);
}

// On a busy machine a copy comes to the gate after its original has been let go.
TEST_F(InFlight, ACopySentBeforeItsOriginalArrivedIsAbsorbedHoweverLateItComes) {
    client(kAck, 10, 50, 5);
    now += milliseconds(300);
    deliver(1);
    ordered();
    sent = now - milliseconds(34);
    EXPECT_EQ(flight.absorbed_by(packet(Role::Client, kAck, 10, 50, 5), *sent), 1U);
    EXPECT_EQ(client(kAck, 10, 50, 5), 2U);
    EXPECT_EQ(ordered(), "drop 2; ");
    EXPECT_TRUE(flight.aloft().empty());
    client(kAck, 10, 50, 9);
    EXPECT_EQ(ordered(), "held 3; ") << "there is more in it";
    sent = now + milliseconds(1);
    client(kAck, 10, 50, 5);
    EXPECT_EQ(ordered(), "held 4; ") << "sent after the arrival";
}

TEST_F(InFlight, ACopyCapturedInTimeThatStopsLateIsDroppedToo) {
    client(kFin, 10, 50);
    Aloft copy;
    copy.packet = packet(Role::Client, kFin, 10, 50, 0);
    copy.sent = now;
    copy.id = 2;
    copy.copy_of = flight.absorbed_by(copy.packet, copy.sent);
    EXPECT_EQ(copy.copy_of, 1U);
    now += milliseconds(5);
    deliver(1);
    ordered();
    take(flight.stopped(std::move(copy), now));
    EXPECT_EQ(ordered(), "drop 2; ");
}

TEST_F(InFlight, ALateCopyIsKnownEvenIfItsOriginalWasAcknowledgedMeanwhile) {
    client(kAck, 10, 50, 5);
    now += milliseconds(300);
    deliver(1);
    deliver(server(kAck, 50, 15));
    ordered();
    sent = now - milliseconds(1);
    client(kAck, 10, 50, 5);
    EXPECT_EQ(ordered(), "drop 3; ");
    now += std::chrono::seconds(5);
    sent.reset();
    client(kAck, 10, 50, 5);
    EXPECT_EQ(ordered(), "held 4; ") << "a new one, though it repeats the first";
}

}  // namespace
}  // namespace tcpstep::lab
