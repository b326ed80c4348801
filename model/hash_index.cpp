#include "model/hash_index.hpp"

#include <cassert>
#include <utility>

namespace tcpstep::model {

namespace {

constexpr std::size_t kFirstSlots = 16;

}  // namespace

void HashIndex::insert(std::uint32_t hash, Position position) {
    assert(position != kNone);
    if ((size_ + 1) * 4 > slots_.size() * 3) grow();
    put({hash, position});
    ++size_;
}

void HashIndex::replace(std::uint32_t hash, Position position, Position by) {
    std::size_t at = hash & mask();
    while (slots_[at].position != position) {
        assert(slots_[at].position != kNone);
        at = (at + 1) & mask();
    }
    slots_[at].position = by;
}

void HashIndex::put(Slot slot) {
    std::size_t at = slot.hash & mask();
    while (slots_[at].position != kNone) at = (at + 1) & mask();
    slots_[at] = slot;
}

void HashIndex::grow() {
    std::vector<Slot> old(slots_.empty() ? kFirstSlots : slots_.size() * 2);
    std::swap(slots_, old);
    for (const Slot& slot : old) {
        if (slot.position != kNone) put(slot);
    }
}

}  // namespace tcpstep::model
