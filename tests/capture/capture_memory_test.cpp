#include "capture/capture_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tcpstep::capture {
namespace {

std::size_t beyond(const void* piece, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(piece) % alignment;
}

TEST(CaptureMemory, IsThereAtOnce) {
    constexpr std::size_t kOctets = 512 * 1024;  // so many that malloc() asks Linux
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* const piece = capture_memory()->allocate(kOctets, 64);
    EXPECT_EQ(beyond(piece, 64), 0U);
    auto* const first = static_cast<std::byte*>(piece) + (page - beyond(piece, page)) % page;
    std::vector<unsigned char> resident(kOctets / page - 1);
    ASSERT_EQ(::mincore(first, resident.size() * page, resident.data()), 0);
    EXPECT_TRUE(std::all_of(resident.begin(), resident.end(),
                            [](unsigned char one) { return (one & 1U) != 0; }));
    capture_memory()->deallocate(piece, kOctets, 64);
}

TEST(CaptureMemory, GivesAlignedPiecesForHugePages) {
    constexpr std::size_t kHuge = std::size_t{2} << 20U;
    std::vector<void*> pieces;
    for (int i = 0; i < 4; ++i) {
        void* const piece = pieces.emplace_back(capture_memory()->allocate(kHuge, kHuge));
        EXPECT_EQ(beyond(piece, kHuge), 0U);
        auto* const octets = static_cast<std::byte*>(piece);
        EXPECT_EQ(octets[kHuge - 1], std::byte{0});
        std::fill(octets, octets + kHuge, std::byte{7});
    }
    for (void* const piece : pieces) capture_memory()->deallocate(piece, kHuge, kHuge);
    unsigned char resident = 0;
    EXPECT_NE(::mincore(pieces.front(), 1, &resident), 0) << "it was given back";
}

TEST(CaptureMemory, TakesSmallPiecesToo) {
    for (const std::size_t octets : {std::size_t{1}, std::size_t{100}, std::size_t{5000}}) {
        void* const piece = capture_memory()->allocate(octets, 8);
        *static_cast<std::byte*>(piece) = std::byte{1};
        capture_memory()->deallocate(piece, octets, 8);
    }
}

}  // namespace
}  // namespace tcpstep::capture
