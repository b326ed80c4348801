#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <vector>

#include "app/lab/flight.hpp"
#include "app/lab/recorder.hpp"
#include "capture/segment_gate.hpp"

namespace tcpstep::lab {

/// What was captured and what stopped is one segment: addresses, ports, sequence and acknowledgment
/// number, flags, length and IP id agree.
bool is_same_segment(const capture::Packet& captured, const capture::Packet& stopped);

/// Brings what the gate stopped together with what was captured, and carries out what Flight
/// decides: on the wire through the gate, in the trace through the recorder.
///
/// Each segment is captured when it is sent, and stops at the gate right afterwards: both are told
/// by different ways.
class Gatekeeper {
  public:
    Gatekeeper(capture::SegmentGate gate, HoldPolicy policy, bool show_retransmissions,
               model::SocketAddress server, Recorder& recorder);

    int descriptor() const { return gate_.descriptor(); }

    // One round, in this order, so that whatever has stopped has been captured too: take_stopped(),
    // then captured() for all that the capture has, then match().

    /// True if something had stopped.
    Result<bool> take_stopped();
    void captured(model::Time time, capture::Packet packet);
    Result<void> match(model::Time now);

    /// Lets go what goes by itself by now (slow motion).
    Result<void> pass(model::Time now);
    /// When pass() or match() has something to do though nothing came.
    std::optional<model::Time> due() const;

    Result<void> obey(const GateCommand& command, model::Time now);

    /// Whoever steps by hand sees the lesson's order: what it holds until something else has
    /// happened lets others go first, until that has happened.
    Result<void> keep_back(model::SegmentId id, bool back);

    const Flight& flight() const { return flight_; }

  private:
    struct Captured {
        model::SegmentId id;
        model::SegmentId copy_of;
        model::Time time;
        capture::Packet packet;
    };

    Result<void> carry_out(const Orders& orders,
                           std::optional<model::ConnectionIndex> connection = std::nullopt);
    Result<void> let_unmatched_go(const capture::SegmentGate::Stopped& stopped);
    Result<void> inject_reset(const InjectReset& command, model::Time now);

    capture::SegmentGate gate_;
    Flight flight_;
    model::SocketAddress server_;
    Recorder& recorder_;
    std::vector<capture::SegmentGate::Stopped> stopped_;  // not matched yet
    std::uint64_t lost_ = 0;
    std::list<Captured> captured_;  // not at the gate yet
};

}  // namespace tcpstep::lab
