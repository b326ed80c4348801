#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcpstep::model {

/// Finds where a value stands in somebody's array, by the value's hash: open addressing with
/// linear probing, 8 octets a slot, at most three quarters of them used. The values themselves are
/// not kept here: their owner is asked whether a position is the right one.
class HashIndex {
  public:
    using Position = std::uint32_t;
    static constexpr Position kNone = 0xffffffffU;

    /// The position of `hash` that `same(position)` recognizes; kNone if there is none.
    template <class Same>
    Position find(std::uint32_t hash, const Same& same) const {
        if (slots_.empty()) return kNone;
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Slot& slot = slots_[at];
            if (slot.position == kNone) return kNone;
            if (slot.hash == hash && same(slot.position)) return slot.position;
        }
    }

    /// Begins to fetch from memory what find() needs.
    void fetch(std::uint32_t hash) const {
        if (!slots_.empty()) __builtin_prefetch(&slots_[hash & mask()]);
    }

    /// Adds a position, which is not in it yet.
    void insert(std::uint32_t hash, Position position);

    /// `position`, which is in it, becomes `by`, which is not.
    void replace(std::uint32_t hash, Position position, Position by);

    std::size_t size() const { return size_; }
    /// Octets of memory that it holds.
    std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

  private:
    struct Slot {
        std::uint32_t hash = 0;
        Position position = kNone;
    };

    std::size_t mask() const { return slots_.size() - 1; }
    void put(Slot slot);
    void grow();

    std::vector<Slot> slots_;  // none, or a power of two
    std::size_t size_ = 0;
};

}  // namespace tcpstep::model
