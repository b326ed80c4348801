#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/event.hpp"
#include "model/flow_table.hpp"
#include "model/segment_store.hpp"
#include "model/segment_summary.hpp"
#include "model/side.hpp"
#include "model/tracked_change.hpp"
#include "model/tracker.hpp"

namespace tcpstep::model {

/// One connection of an Observation.
struct ObservedConnection {
    ConnectionId id;
    /// The capture began in the middle and nothing told who opened: the higher port is the client.
    bool roles_guessed = false;
    std::uint32_t segments = 0;
    SegmentId first = 0;
    SegmentId last = 0;
};

/// What a capture told: its segments, to which connections they belong, and the states of both ends
/// of each. For captures with millions of segments: a few dozen octets for each, in memory.
///
/// Where deliveries and calls are known facts, a Trace is used instead.
class Observation {
  public:
    /// The next captured segment; its `id` and `from` are found here. `headers` are its IP and TCP
    /// headers as captured. Returns its id: 1, 2, 3 ... in the order of capture.
    SegmentId take(const SocketAddress& source, const SocketAddress& destination,
                   const SegmentSummary& summary, std::span<const std::uint8_t> headers);

    /// Nothing more was captured. Once; take() must not follow.
    void finish();

    /// take() gathers some segments before it looks at them, for speed. This looks at the rest of
    /// them: call it before asking anything below, unless finish() was called.
    void catch_up();

    /// How many segments there are; their ids are 1 to that number.
    SegmentId segments() const { return store_.size() + gathered_count_; }
    /// How many connections there are, in the order of their first segments; their indices are 0 to
    /// that number - 1.
    ConnectionIndex connections() const { return static_cast<ConnectionIndex>(watched_.size()); }

    // What is told of a connection, and so the `from` of its segments, is final after finish().
    // Before, later segments may correct who is the client, or move a SYN into a new connection.

    ObservedConnection connection(ConnectionIndex index) const;
    /// The state changes of both ends, ascending by `after`.
    std::vector<TrackedChange> changes(ConnectionIndex index) const;
    /// The state after all of them; UNKNOWN if there is none.
    State state(ConnectionIndex index, Role endpoint) const;

    // A segment by its id: up to fifteen before it are stepped over.

    /// When it was captured. A capture's times may go back.
    Time time(SegmentId id) const;
    ConnectionIndex connection_of(SegmentId id) const;
    SegmentSummary summary(SegmentId id) const;
    /// Options and headers included: makes vectors.
    Segment segment(SegmentId id) const;
    /// As the fact for a trace: a SegmentSent.
    Event event(SegmentId id) const;

    /// Octets of memory that it holds, without what trackers have allocated themselves.
    std::size_t bytes() const;

  private:
    struct alignas(64) Watched {             // a cache line
        std::unique_ptr<Tracker> tracker;    // none once the connection is settled
        std::vector<TrackedChange> changes;  // then; as the tracker told them
        std::uint32_t segments = 0;
        SegmentId first = 0;
        SegmentId last = 0;
        Side client_told = Side::Low;  // to the tracker; the roles may be corrected later
    };
    /// A SYN of which it is not known yet whether it opens another connection (FlowTable).
    struct InDoubt {
        SegmentId syn;
        SegmentId last_before;  ///< what was the connection's last segment before
    };

    /// These SYNs of one connection, all of one number, and its tracker without them: should they
    /// be taken back, what is told of it follows from the segments that it keeps, as for whoever
    /// reads these later.
    struct Doubted {
        SeqNum isn;
        std::vector<InDoubt> syns;
        Tracker without;
    };

    /// A segment that was not looked at yet, and what it needs is on its way from memory.
    struct Gathered {
        static constexpr std::size_t kMostHeaders = 128;

        std::uint32_t hash = 0;  // for FlowTable
        std::optional<ConnectionIndex> likely;
        SocketAddress source;
        SocketAddress destination;
        SegmentSummary summary;
        std::size_t size = 0;
        std::array<std::uint8_t, kMostHeaders> headers{};
    };
    static constexpr SegmentId kGather = 16;

    void look_at(std::uint32_t hash, const SocketAddress& source, const SocketAddress& destination,
                 const SegmentSummary& summary, std::span<const std::uint8_t> headers);
    void begin(const FlowTable::Placed& placed, const SegmentSummary& summary);
    void take_back(ConnectionIndex before, ConnectionIndex index, SeqNum isn);
    void doubt(ConnectionIndex index, SegmentId id, SeqNum isn);
    void track(ConnectionIndex index, Side side, SegmentSummary summary, SegmentId id);
    void settle(Watched& watched, Time ended);

    FlowTable flows_;
    SegmentStore store_;
    std::vector<Watched> watched_;
    std::unordered_map<ConnectionIndex, Doubted> in_doubt_;
    Time latest_;
    std::array<Gathered, kGather> gathered_;
    SegmentId gathered_count_ = 0;
};

}  // namespace tcpstep::model
