#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/event.hpp"
#include "model/flow_table.hpp"
#include "model/segment_store.hpp"
#include "model/segment_summary.hpp"
#include "model/side.hpp"
#include "model/slabs.hpp"
#include "model/tracked_change.hpp"
#include "model/tracking/tracker.hpp"

namespace tcpstep::model {

/// One connection of an Observation.
struct ObservedConnection {
    ConnectionId id;
    /// The capture began in the middle and nothing told who opened: the higher port is the client.
    bool roles_guessed = false;
    std::uint32_t segments = 0;
    SegmentId first = 0;
    SegmentId last = 0;
    Time began;  ///< when these were captured
    Time ended;
};

/// What a capture told: its segments, to which connections they belong, and the states of both ends
/// of each. For captures with millions of segments: a few dozen octets for each, in memory.
///
/// Where deliveries and calls are known facts, a Trace is used instead.
class Observation {
  public:
    /// Its segments and trackers are kept in that memory.
    explicit Observation(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
        : store_(memory), trackers_(memory) {}

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
    SegmentId segments() const { return store_.size(); }
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
    /// What each segment of a connection adds to.
    struct Tally {
        std::uint32_t segments = 0;
        SegmentId last = 0;
        Time ended;
    };
    /// The rest of it.
    struct Watched {
        std::vector<TrackedChange> changes;  // as the tracker told them, once it is settled
        Time began;
        SegmentId first = 0;
    };
    // To a tracker, an end's role is its side: who is client may be corrected later.
    static Role told(Side side) { return side == Side::Low ? Role::Client : Role::Server; }

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
        Side sender;
        std::vector<InDoubt> syns;
        tracking::Tracker without;
        bool went_on = false;  ///< their sender, with the connection
    };

    /// A connection of which the next one between the same ends has begun: whether the other end
    /// answers that tells of this one, too.
    struct Superseded {
        ConnectionIndex index;
        Side opener;  ///< of the next one
        Time ended;   ///< when that began
    };

    /// A stored segment that was not looked at yet: what it needs is on its way from memory.
    struct Gathered {
        FlowTable::Hint hint;
        SocketAddress source;
        SocketAddress destination;
        SegmentSummary summary;
        SegmentStore::Unplaced stored;
    };
    static constexpr SegmentId kGather = 16;
    static constexpr SegmentId kApart = 4;  // segments between one step and the next
    static_assert(3 * kApart < kGather);

    void go_on(SegmentId apart);
    void expect(Gathered& gathered);
    void fetch(const Gathered& gathered) const;
    void look_at(const Gathered& gathered);
    void begin(const FlowTable::Placed& placed, const SegmentSummary& summary);
    void take_back(ConnectionIndex before, ConnectionIndex index, SeqNum isn);
    void doubt(ConnectionIndex index, Side side, const SegmentSummary& syn);
    void begin_doubted();
    void track(ConnectionIndex index, Side side, SegmentSummary summary);
    void settle_superseded_by(ConnectionIndex next, std::optional<Side> answers);
    void settle(ConnectionIndex index, Time ended);

    FlowTable flows_;
    SegmentStore store_;
    // By connection. What each segment asks for is apart, so that little has to come from memory.
    std::vector<Watched> watched_;
    std::vector<Tally> tallies_;
    std::vector<bool> quiet_;            // Tracker::quiet()
    Slabs<tracking::Tracker> trackers_;  // dropped once it is settled
    std::unordered_map<ConnectionIndex, Doubted> in_doubt_;
    std::unordered_map<ConnectionIndex, Superseded> superseded_;  // by the next one
    Time latest_;
    std::array<Gathered, kGather> gathered_;  // by id
    // The last segments that took the steps to be looked at.
    SegmentId expected_ = 0;
    SegmentId fetched_ = 0;
    SegmentId looked_at_ = 0;
};

}  // namespace tcpstep::model
