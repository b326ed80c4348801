#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <span>
#include <vector>

#include "model/address.hpp"
#include "model/packed_segment.hpp"
#include "model/segment.hpp"
#include "model/segment_summary.hpp"
#include "model/slab.hpp"
#include "model/time.hpp"

namespace tcpstep::model {

/// An append-only store of captured segments, packed: about 46 octets for an IPv4 segment with
/// timestamps. Nothing is lost: headers are kept without what the connection knows (version,
/// protocol, addresses, ports), and whole where they are not as expected.
class SegmentStore {
  public:
    explicit SegmentStore(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
        : memory_(memory) {}

    /// A segment of which it is to be told where it belongs.
    class Unplaced {
      public:
        Unplaced() = default;

      private:
        friend SegmentStore;
        explicit Unplaced(std::uint8_t* place_at) : place_at_(place_at) {}
        std::uint8_t* place_at_ = nullptr;
    };

    /// The next segment; its id is how many there are then. `summary.id` and `.from` are not kept:
    /// they follow from the order and the place. `source` and `destination` are those of the place.
    Unplaced append(const SocketAddress& source, const SocketAddress& destination,
                    const SegmentSummary& summary, std::span<const std::uint8_t> headers);
    static void put(Unplaced segment, SegmentPlace place);

    /// That segment belongs elsewhere after all.
    void move(SegmentId id, ConnectionIndex connection);

    /// Their ids are 1 to this number.
    SegmentId size() const { return size_; }

    SegmentPlace place(SegmentId id) const;
    Time time(SegmentId id) const;
    /// As it was appended; `from` is the client.
    SegmentSummary summary(SegmentId id) const;
    /// The IP and TCP headers as they were captured.
    std::vector<std::uint8_t> headers(SegmentId id, const SocketAddress& source,
                                      const SocketAddress& destination) const;

    /// Octets of memory that it holds.
    std::size_t bytes() const;

  private:
    // A segment is a record of its own length, in slabs that never move. To find one, the start of
    // every sixteenth is kept, and the records from there are counted off.
    static constexpr SegmentId kBlock = 16;
    static constexpr std::size_t kSlab = std::size_t{1} << 16U;

    struct Block {
        std::uint8_t* start;
        Time base;  ///< times in the block are counted from its first segment's
    };

    void make_room(std::size_t octets);
    std::uint8_t* at(SegmentId id) const;
    Time base(SegmentId id) const { return blocks_[(id - 1) / kBlock].base; }

    std::pmr::memory_resource* memory_;
    std::vector<Slab> slabs_;
    std::uint8_t* free_ = nullptr;  // in the last slab
    std::size_t room_ = 0;          // octets from there
    std::size_t slab_octets_ = 0;   // of all slabs
    std::deque<Block> blocks_;
    SegmentId size_ = 0;
};

}  // namespace tcpstep::model
