#include "capture/capture_memory.hpp"

#include <cstddef>
#include <cstdint>
#include <new>

#include <sys/mman.h>
#include <unistd.h>

namespace tcpstep::capture {

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;  // x86-64, and arm64 with pages of 4 KiB

std::size_t beyond(const void* address, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(address) % alignment;
}

// The pages that are wholly in there.
void populate(void* start, std::size_t octets) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t skipped = (page - beyond(start, page)) % page;
    if (octets < skipped + page) return;
    (void)::madvise(static_cast<std::byte*>(start) + skipped, (octets - skipped) / page * page,
                    MADV_POPULATE_WRITE);
}

class CaptureMemory : public std::pmr::memory_resource {
    static bool is_huge(std::size_t octets, std::size_t alignment) {
        return octets % kHugePage == 0 && octets != 0 && alignment == kHugePage;
    }

    void* do_allocate(std::size_t octets, std::size_t alignment) override {
        if (is_huge(octets, alignment)) return allocate_huge(octets);
        void* const piece = ::operator new(octets, std::align_val_t(alignment));
        populate(piece, octets);
        return piece;
    }
    void do_deallocate(void* piece, std::size_t octets, std::size_t alignment) override {
        if (is_huge(octets, alignment)) {
            (void)::munmap(piece, octets);
        } else {
            ::operator delete(piece, std::align_val_t(alignment));
        }
    }
    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }

    static void* allocate_huge(std::size_t octets) {
        // So much more has an aligned piece in it; what is around that goes back.
        void* const mapped = ::mmap(nullptr, octets + kHugePage, PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) throw std::bad_alloc();
        const std::size_t before = (kHugePage - beyond(mapped, kHugePage)) % kHugePage;
        auto* const piece = static_cast<std::byte*>(mapped) + before;
        if (before != 0) (void)::munmap(mapped, before);
        (void)::munmap(piece + octets, kHugePage - before);
        (void)::madvise(piece, octets, MADV_HUGEPAGE);
        return piece;
    }
};

}  // namespace

std::pmr::memory_resource* capture_memory() {
    static CaptureMemory memory;
    return &memory;
}

}  // namespace tcpstep::capture
