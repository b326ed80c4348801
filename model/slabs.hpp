#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <utility>
#include <vector>

#include "model/slab.hpp"

namespace tcpstep::model {

/// Objects by index, side by side in slabs: many come, none moves, and memory is given back with
/// the last one of a slab.
template <class T>
class Slabs {
  public:
    explicit Slabs(std::pmr::memory_resource* memory) : memory_(memory) {}
    Slabs(Slabs&&) noexcept = default;
    Slabs& operator=(Slabs&&) = delete;
    ~Slabs() {
        for (std::size_t i = 0; i < alive_.size(); ++i) drop(i);
    }

    /// Makes the next one: the first has index 0.
    template <class... Values>
    T& emplace_back(Values&&... values) {
        const std::size_t index = alive_.size();
        if (index == slabs_.size() * kInSlab) {
            slabs_.push_back({make_slab(memory_, kOctets, kOctets), 0});
        }
        T* const made = std::construct_at(at(index), std::forward<Values>(values)...);
        alive_.push_back(true);
        ++slabs_.back().alive;
        return *made;
    }

    /// nullptr if it was dropped.
    T* find(std::size_t index) { return alive_[index] ? at(index) : nullptr; }
    const T* find(std::size_t index) const { return alive_[index] ? at(index) : nullptr; }

    /// The object goes, if it is still there.
    void drop(std::size_t index) {
        if (!alive_[index]) return;
        std::destroy_at(at(index));
        alive_[index] = false;
        Objects& slab = slabs_[index / kInSlab];
        const bool full = alive_.size() >= (index / kInSlab + 1) * kInSlab;
        if (--slab.alive == 0 && full) slab.octets.reset();
    }

  private:
    static constexpr std::size_t kOctets = std::size_t{2} << 20U;
    static constexpr std::size_t kInSlab = kOctets / sizeof(T);
    static_assert(kInSlab > 0 && kOctets % alignof(T) == 0);

    struct Objects {
        Slab octets;
        std::size_t alive = 0;
    };

    T* at(std::size_t index) const {
        std::byte* const first = slabs_[index / kInSlab].octets.get();
        return reinterpret_cast<T*>(first) + index % kInSlab;
    }

    std::pmr::memory_resource* memory_;
    std::vector<Objects> slabs_;
    std::vector<bool> alive_;
};

}  // namespace tcpstep::model
