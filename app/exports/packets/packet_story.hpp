#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/tcp_state.hpp"
#include "model/trace.hpp"

namespace tcpstep::exports::packets {

/// What a trace tells of one packet: of the segment, the datagram or the ICMP error that an event
/// sent, injected or duplicated. Small, for there may be a million.
struct PacketStory {
    enum class Fate : std::uint8_t {
        Taken,      ///< nobody tells: of a capture, and of a run without the gate
        InFlight,   ///< the trace ends before it is told
        Delivered,  ///< to the receiver's TCP
        Dropped,    ///< by the gate
    };
    /// What it did to one end.
    struct End {
        /// Of the sender: around the sending; of the receiver: around the arrival, where that is
        /// told.
        model::State before = model::State::Unknown, after = model::State::Unknown;
        bool moved = false;    ///< the packet brought `after` about
        bool assumed = false;  ///< of a capture: that is not proved
    };

    std::size_t event = 0;          ///< index in the trace
    model::SegmentId segment = 0;   ///< 0: it is none
    model::SegmentId original = 0;  ///< the one that it repeats; 0: none
    std::array<End, 2> ends;        ///< the client, the server
    model::Role from = model::Role::Client;
    Fate fate = Fate::Taken;
    bool absorbed = false;                ///< see model::SegmentSent::copy_of
    std::optional<model::Time> held_at;   ///< the gate held it, or slowed it down
    model::Time landed;                   ///< if it was delivered or dropped
    std::optional<std::size_t> sent_by;   ///< the event of the call that sent it
    std::vector<std::size_t> call_backs;  ///< the events of the calls that its arrival let return,
                                          ///< or that gave it

    const End& end(model::Role role) const { return ends[role == model::Role::Client ? 0 : 1]; }
    End& end(model::Role role) { return ends[role == model::Role::Client ? 0 : 1]; }
};

/// The packets of that connection, or of the whole trace, in the order of time.
std::vector<PacketStory> packet_stories(const model::Trace& trace,
                                        std::optional<model::ConnectionIndex> connection);

}  // namespace tcpstep::exports::packets
