#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>

namespace tcpstep::model {

struct GiveSlabBack {
    std::pmr::memory_resource* memory;
    std::size_t octets;
    std::size_t alignment;

    void operator()(std::byte* slab) const { memory->deallocate(slab, octets, alignment); }
};

/// Memory for many small things, and how much it is.
using Slab = std::unique_ptr<std::byte, GiveSlabBack>;

inline Slab make_slab(std::pmr::memory_resource* memory, std::size_t octets,
                      std::size_t alignment) {
    auto* const slab = static_cast<std::byte*>(memory->allocate(octets, alignment));
    return {slab, {memory, octets, alignment}};
}

}  // namespace tcpstep::model
