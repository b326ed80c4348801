#include "model/slabs.hpp"

#include <memory>
#include <memory_resource>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

/// Counts how much is kept.
class Counting : public std::pmr::memory_resource {
  public:
    std::size_t octets = 0;

  private:
    void* do_allocate(std::size_t size, std::size_t alignment) override {
        octets += size;
        return std::pmr::new_delete_resource()->allocate(size, alignment);
    }
    void do_deallocate(void* piece, std::size_t size, std::size_t alignment) override {
        octets -= size;
        std::pmr::new_delete_resource()->deallocate(piece, size, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override {
        return this == &other;
    }
};

/// So big that few fit into a slab.
struct alignas(64) Big {
    explicit Big(std::shared_ptr<int> told) : alive(std::move(told)) {}
    std::shared_ptr<int> alive;
    std::array<char, 500'000> rest;
};

TEST(Slabs, KeepsObjectsWhereTheyAreUntilTheyAreDropped) {
    Counting memory;
    Slabs<Big> slabs(&memory);
    const auto told = std::make_shared<int>();
    const Big* const first = &slabs.emplace_back(told);
    for (int i = 1; i < 10; ++i) slabs.emplace_back(told);
    EXPECT_EQ(slabs.find(0), first);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(slabs.find(9)) % 64, 0U);
    EXPECT_EQ(told.use_count(), 11);
    slabs.drop(3);
    slabs.drop(3);
    EXPECT_EQ(slabs.find(3), nullptr);
    EXPECT_NE(slabs.find(4), nullptr);
    EXPECT_EQ(told.use_count(), 10);
}

TEST(Slabs, GivesMemoryBackWithTheLastOfASlab) {
    Counting memory;
    Slabs<Big> slabs(&memory);
    for (int i = 0; i < 6; ++i) slabs.emplace_back(nullptr);  // four in a slab
    const std::size_t two = memory.octets;
    for (std::size_t i = 0; i < 3; ++i) slabs.drop(i);
    EXPECT_EQ(memory.octets, two);
    slabs.drop(3);
    EXPECT_EQ(memory.octets, two / 2);
    // The last slab is kept for those to come.
    slabs.drop(4);
    slabs.drop(5);
    EXPECT_EQ(memory.octets, two / 2);
    EXPECT_NE(&slabs.emplace_back(nullptr), nullptr);
    EXPECT_EQ(memory.octets, two / 2);
}

TEST(Slabs, DropsWhatIsLeft) {
    Counting memory;
    const auto told = std::make_shared<int>();
    {
        Slabs<Big> slabs(&memory);
        for (int i = 0; i < 6; ++i) slabs.emplace_back(told);
        slabs.drop(2);
    }
    EXPECT_EQ(told.use_count(), 1);
    EXPECT_EQ(memory.octets, 0U);
}

}  // namespace
}  // namespace tcpstep::model
