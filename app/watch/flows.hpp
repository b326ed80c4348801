#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "app/watch/unacknowledged.hpp"
#include "capture/wire_segment.hpp"
#include "model/address_hash.hpp"
#include "model/flow_table.hpp"
#include "model/live_states.hpp"
#include "model/time.hpp"
#include "model/trace.hpp"

namespace tcpstep::watch {

/// Where a watched connection is kept. The number is another one's once it is forgotten.
using Slot = model::ConnectionIndex;

/// One connection while it is watched.
struct Flow {
    model::ConnectionId id;
    model::LiveStates states;
    /// Of each end where numbers are counted from, see count_from().
    std::array<std::optional<model::SeqNum>, 2> first;
    /// The last of its segments that could move a state; ids of 0: none.
    std::array<model::SegmentSummary, 4> lately;
    std::size_t lately_next = 0;
    std::array<Unacknowledged, 2> unacknowledged;  ///< of each end
    model::Time last;                              ///< of its segments
    std::uint64_t disturbed = 0;                   ///< how often its states may have moved
    std::uint32_t interface = 0;  ///< where its first segment was seen; 0: only one is watched
    bool superseded = false;      ///< its addresses and ports have connected anew

    model::Role sender(const capture::WireSegment& segment) const {
        return segment.source == id.client ? model::Role::Client : model::Role::Server;
    }
    void remember(const model::SegmentSummary& segment) {
        lately[lately_next++ % lately.size()] = segment;
    }
    /// Numbers are counted from an end's SYN; where that was not captured, so that its first octet
    /// here is 1, and what its peer acknowledges first is 1 as well: as Wireshark has it.
    void count_from(model::Role sender, const model::SegmentSummary& segment);
    model::SeqNum base(model::Role end) const {
        return first[end == model::Role::Client ? 0 : 1].value_or(model::SeqNum(0));
    }
    bool over() const {
        return states.state(model::Role::Client) == model::State::Closed &&
               states.state(model::Role::Server) == model::State::Closed;
    }
};

/// How much is remembered, and how long without a segment.
struct Limits {
    std::size_t flows = 32768;      ///< more, and the one that was silent longest is forgotten
    std::size_t names = 65536;      ///< of pairs of addresses that were forgotten: see Flows
    std::chrono::seconds over{5};   ///< both ends CLOSED
    std::chrono::seconds wait{75};  ///< an end in TIME_WAIT: 60 s in Linux
    std::chrono::hours open{3};     ///< anything else (keepalive's first probe comes after 2 h)
};

/// The connections of a capture that goes on for days: which one a segment is of (FlowTable's
/// rules), and which are forgotten, so that memory does not grow with time.
///
/// The same addresses and ports never name two connections: of pairs that are forgotten the number
/// of generations is kept; of so many of them, and the rest goes on above the highest one.
class Flows {
  public:
    explicit Flows(Limits limits = {}) : limits_(limits) {}

    struct Placed {
        Slot slot = 0;
        bool began = false;
        std::optional<Slot> superseded;  ///< the connection before between the same two
    };
    /// The connection of the segment. Nothing if it was seen on another interface than those before
    /// it, which tell all of the connection; or if it is a late copy of one that was forgotten.
    std::optional<Placed> place(const capture::WireSegment& segment, model::Time time);

    Flow& operator[](Slot slot) { return slots_[slot]->flow; }
    const Flow& operator[](Slot slot) const { return slots_[slot]->flow; }
    bool has(Slot slot) const { return slot < slots_.size() && slots_[slot]; }

    /// Its states have changed: how long it is kept depends on them.
    void sort(Slot slot);

    /// One that is to be forgotten by now; nothing if none is. It stays until forget().
    std::optional<Slot> expired(model::Time now) const;
    void forget(Slot slot);

    std::size_t size() const { return size_; }

  private:
    using Pair = std::pair<model::SocketAddress, model::SocketAddress>;  // the lower one first
    struct HashOfPair {
        model::AddressHash hash;
        std::size_t operator()(const Pair& pair) const {
            return hash.of_pair(pair.first, pair.second);
        }
    };
    struct Between {
        model::FlowTable table{};
        unsigned before = 0;                     // generations that were forgotten
        std::vector<std::optional<Slot>> slots;  // by the table's index
        std::size_t kept = 0;                    // of these
    };
    enum class Queue : std::uint8_t { Open, Wait, Over };
    struct Kept {
        Flow flow;
        Pair pair;
        Queue queue = Queue::Open;
        std::list<Slot>::iterator at;
    };

    static Pair pair_of(const model::SocketAddress& one, const model::SocketAddress& other);
    std::list<Slot>& queue(Queue which) { return queues_[static_cast<std::size_t>(which)]; }
    Slot begin(Between& between, const Pair& pair, model::ConnectionIndex flow);
    unsigned generations_of(const Pair& pair);
    void remember(const Pair& pair, unsigned generations);

    Limits limits_;
    std::vector<std::unique_ptr<Kept>> slots_;
    std::vector<Slot> free_;
    std::size_t size_ = 0;
    std::unordered_map<Pair, Between, HashOfPair> pairs_;
    std::array<std::list<Slot>, 3> queues_;  // each: the one silent longest first
    std::unordered_map<Pair, unsigned, HashOfPair> forgotten_;
    std::deque<Pair> forgotten_order_;
    unsigned floor_ = 0;  // no pair that is not in forgotten_ had more generations
};

}  // namespace tcpstep::watch
