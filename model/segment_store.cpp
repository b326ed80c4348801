#include "model/segment_store.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace tcpstep::model {

namespace {

// What ends a slab: an octet that begins no packed segment, and where the next slab begins.
constexpr std::size_t kLink = 1 + sizeof(std::uint8_t*);

}  // namespace

SegmentStore::Unplaced SegmentStore::append(const SocketAddress& source,
                                            const SocketAddress& destination,
                                            const SegmentSummary& summary,
                                            std::span<const std::uint8_t> headers) {
    make_room(most_packed_octets(headers.size()) + kLink);
    if (size_ % kBlock == 0) blocks_.push_back({free_, summary.time});
    const Packed packed = pack(free_, {source, destination, summary, headers}, blocks_.back().base);
    room_ -= static_cast<std::size_t>(packed.end - free_);
    free_ = packed.end;
    ++size_;
    return Unplaced(packed.place_at);
}

void SegmentStore::put(Unplaced segment, SegmentPlace place) {
    pack_place(segment.place_at_, place);
}

void SegmentStore::move(SegmentId id, ConnectionIndex connection) {
    std::uint8_t* const packed = at(id);
    const PackedSegment segment(packed);
    pack_place(packed + (segment.place_at() - packed), {connection, segment.place().side});
}

SegmentPlace SegmentStore::place(SegmentId id) const {
    return PackedSegment(at(id)).place();
}

Time SegmentStore::time(SegmentId id) const {
    return PackedSegment(at(id)).time(base(id));
}

SegmentSummary SegmentStore::summary(SegmentId id) const {
    SegmentSummary summary = PackedSegment(at(id)).summary(base(id));
    summary.id = id;
    return summary;
}

std::vector<std::uint8_t> SegmentStore::headers(SegmentId id, const SocketAddress& source,
                                                const SocketAddress& destination) const {
    return PackedSegment(at(id)).headers(source, destination);
}

std::size_t SegmentStore::bytes() const {
    return slab_octets_ + blocks_.size() * sizeof(Block) + slabs_.capacity() * sizeof(slabs_[0]);
}

void SegmentStore::make_room(std::size_t octets) {
    if (octets <= room_) return;
    const std::size_t size = std::max(octets, kSlab);
    auto* const slab = reinterpret_cast<std::uint8_t*>(
        slabs_.emplace_back(make_slab(memory_, size, alignof(std::max_align_t))).get());
    if (free_ != nullptr) {
        *free_ = PackedSegment::kNever;
        std::memcpy(free_ + 1, &slab, sizeof slab);
    }
    free_ = slab;
    room_ = size;
    slab_octets_ += size;
}

std::uint8_t* SegmentStore::at(SegmentId id) const {
    assert(id != 0 && id <= size_);
    std::uint8_t* packed = blocks_[(id - 1) / kBlock].start;
    for (SegmentId left = (id - 1) % kBlock;; --left) {
        if (*packed == PackedSegment::kNever) std::memcpy(&packed, packed + 1, sizeof packed);
        if (left == 0) return packed;
        packed += PackedSegment(packed).end() - packed;
    }
}

}  // namespace tcpstep::model
