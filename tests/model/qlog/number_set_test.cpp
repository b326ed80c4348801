#include "model/qlog/number_set.hpp"

#include <cstdint>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace tcpstep::model::qlog {
namespace {

TEST(NumberSet, KnowsWhatASetKnows) {
    std::mt19937 random(1);
    NumberSet numbers;
    std::set<std::uint64_t> expected;
    for (int round = 0; round < 300; ++round) {
        const std::uint64_t number = random() % 400;
        numbers.insert(number);
        expected.insert(number);
        for (std::uint64_t each = 0; each < 402; ++each) {
            ASSERT_EQ(numbers.contains(each), expected.contains(each)) << each;
        }
    }
    std::size_t runs = 0;
    for (const std::uint64_t number : expected) runs += expected.contains(number + 1) ? 0 : 1;
    EXPECT_EQ(numbers.runs(), runs);
}

TEST(NumberSet, ARunCostsAsMuchAsOne) {
    NumberSet numbers;
    for (std::uint64_t number = 1; number <= 100'000; ++number) numbers.insert(number);
    EXPECT_EQ(numbers.runs(), 1);
}

}  // namespace
}  // namespace tcpstep::model::qlog
