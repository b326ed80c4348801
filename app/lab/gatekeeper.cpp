#include "app/lab/gatekeeper.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/lab/clock.hpp"
#include "capture/packet_builder.hpp"
#include "model/reset.hpp"

namespace tcpstep::lab {

namespace {

using capture::Packet;
using model::Role;
using model::Time;
using Stopped = capture::SegmentGate::Stopped;

// From the capture to the gate it is microseconds. What has not come after this never will.
constexpr std::chrono::seconds kLongAgo{1};

}  // namespace

bool is_same_segment(const Packet& captured, const Packet& stopped) {
    const model::Segment& a = captured.segment;
    const model::Segment& b = stopped.segment;
    return captured.source == stopped.source && captured.destination == stopped.destination &&
           captured.ip_id == stopped.ip_id && a.seq == b.seq && a.ack == b.ack &&
           a.flags == b.flags && a.length == b.length;
}

Gatekeeper::Gatekeeper(capture::SegmentGate gate, HoldPolicy policy, bool show_retransmissions,
                       model::SocketAddress server, Recorder& recorder)
    : gate_(std::move(gate)),
      flight_(policy, show_retransmissions),
      server_(server),
      recorder_(recorder) {}

Result<bool> Gatekeeper::take_stopped() {
    const auto drained =
        gate_.drain([this](Stopped stopped) { stopped_.push_back(std::move(stopped)); });
    if (!drained) return tl::make_unexpected(drained.error());
    return *drained > 0;
}

void Gatekeeper::captured(Time time, Packet packet) {
    packet.segment.from = packet.source == server_ ? Role::Server : Role::Client;
    std::vector<Flight::Coming> coming;
    for (const Captured& one : captured_) coming.push_back({one.id, one.copy_of, &one.packet});
    const model::SegmentId copy_of = flight_.absorbed_by(packet, time, coming);
    const model::SegmentId id = recorder_.add_segment(time, packet, copy_of);
    packet.segment.id = id;
    captured_.push_back({id, copy_of, time, std::move(packet)});
}

Result<void> Gatekeeper::match(Time now) {
    for (Stopped& stopped : std::exchange(stopped_, {})) {
        const auto* packet = std::get_if<Packet>(&stopped.decoded);
        const auto found =
            packet == nullptr
                ? captured_.end()
                : std::find_if(captured_.begin(), captured_.end(), [&](const Captured& one) {
                      return is_same_segment(one.packet, *packet);
                  });
        if (found == captured_.end()) {
            if (auto gone = let_unmatched_go(stopped); !gone) return gone;
            continue;
        }
        Aloft aloft;
        aloft.id = found->id;
        aloft.packet = std::move(found->packet);
        aloft.number = stopped.number;
        aloft.bytes = std::move(stopped.bytes);
        aloft.copy_of = found->copy_of;
        aloft.sent = found->time;
        captured_.erase(found);
        if (auto done = carry_out(flight_.stopped(std::move(aloft), now)); !done) return done;
    }
    if (const std::uint64_t lost = gate_.lost(); lost != std::exchange(lost_, lost)) {
        recorder_.add(now, std::nullopt,
                      model::Marker{"gate", fmt::format("the gate could not take in {} segments; "
                                                        "they are lost",
                                                        lost)});
    }
    // The kernel took it without the gate, or threw it away. The first is far likelier.
    while (!captured_.empty() && captured_.front().time + kLongAgo < now) {
        const model::SegmentId id = captured_.front().id;
        captured_.pop_front();
        recorder_.add(
            now, recorder_.connection_of(id),
            model::Marker{"gate", fmt::format("segment {} did not stop at the gate", id)});
        recorder_.add(now, std::nullopt, model::SegmentDelivered{id});
    }
    return {};
}

Result<void> Gatekeeper::let_unmatched_go(const Stopped& stopped) {
    const auto* packet = std::get_if<Packet>(&stopped.decoded);
    recorder_.add(now(), std::nullopt,
                  model::Marker{"gate", packet != nullptr
                                            ? fmt::format("a segment from {} stopped that was not "
                                                          "captured; it was let go",
                                                          to_string(packet->source))
                                            : "a packet stopped that is no TCP segment; it was "
                                              "let go"});
    return gate_.deliver(stopped.number);
}

Result<void> Gatekeeper::pass(Time now) {
    return carry_out(flight_.pass(now));
}

std::optional<Time> Gatekeeper::due() const {
    std::optional<Time> due = flight_.due();
    if (captured_.empty()) return due;
    const Time late = captured_.front().time + kLongAgo;
    return due ? std::min(*due, late) : late;
}

Result<void> Gatekeeper::obey(const GateCommand& command, Time now) {
    struct Obey {
        Gatekeeper& keeper;
        Time now;
        Result<void> operator()(const Deliver& c) const {
            return keeper.carry_out(keeper.flight_.deliver(c.id, now));
        }
        Result<void> operator()(const Drop& c) const {
            return keeper.carry_out(keeper.flight_.drop(c.id, now));
        }
        Result<void> operator()(const Duplicate& c) const {
            const auto& aloft = keeper.flight_.aloft();
            const bool there = std::any_of(aloft.begin(), aloft.end(),
                                           [&](const Aloft& one) { return one.id == c.id; });
            if (!there) return {};
            return keeper.carry_out(
                keeper.flight_.duplicate(c.id, keeper.recorder_.new_segment_id(), now));
        }
        Result<void> operator()(const HoldBack& c) const {
            return keeper.carry_out(keeper.flight_.hold_back(c.id));
        }
        Result<void> operator()(const InjectReset& c) const { return keeper.inject_reset(c, now); }
        Result<void> operator()(const SetHold& c) const {
            return keeper.carry_out(keeper.flight_.set_policy(c.policy, now));
        }
        Result<void> operator()(const SetAutomatic&) const { return {}; }
    };
    return std::visit(Obey{*this, now}, command);
}

Result<void> Gatekeeper::keep_back(model::SegmentId id, bool back) {
    return carry_out(back ? flight_.hold_back(id) : flight_.stand(id));
}

Result<void> Gatekeeper::inject_reset(const InjectReset& command, Time now) {
    const auto& connections = recorder_.trace().connections();
    if (command.connection >= connections.size()) return {};
    const model::Connection& connection = recorder_.connection(command.connection);
    auto reset = model::acceptable_reset(connection, command.receiver);
    if (!reset) {
        recorder_.add(
            now, command.connection,
            model::Marker{"note", fmt::format("the {} is in {}, where no RST is accepted",
                                              name(command.receiver),
                                              name(connection.end(command.receiver).state()))});
        return {};
    }
    const auto& ends = connections[command.connection];
    const bool from_client = reset->from == Role::Client;
    Aloft aloft;
    aloft.id = reset->id = recorder_.new_segment_id();
    aloft.packet.source = from_client ? ends.client : ends.server;
    aloft.packet.destination = from_client ? ends.server : ends.client;
    aloft.bytes = capture::build_packet(aloft.packet.source, aloft.packet.destination, *reset);
    reset->headers = aloft.bytes;
    aloft.packet.segment = *reset;
    return carry_out(flight_.inject(std::move(aloft), now), command.connection);
}

Result<void> Gatekeeper::carry_out(const Orders& orders,
                                   std::optional<model::ConnectionIndex> connection) {
    for (const Order& order : orders) {
        // Stamped before it is done: its receiver answers at once.
        recorder_.add(now(), connection, order.fact);
        Result<void> done;
        switch (order.what) {
            case Order::Do::Nothing:
                break;
            case Order::Do::SendOn:
                done = order.segment.number ? gate_.deliver(*order.segment.number)
                                            : gate_.inject(order.segment.bytes);
                break;
            case Order::Do::Discard:
                if (order.segment.number) done = gate_.drop(*order.segment.number);
                break;
        }
        if (!done) return done;
    }
    return {};
}

}  // namespace tcpstep::lab
