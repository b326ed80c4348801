#include "model/tracking/few.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace tcpstep::model::tracking {
namespace {

std::vector<int> values(const Few<int, 3>& few) {
    return {few.all().begin(), few.all().end()};
}

TEST(Few, KeepsAllInOrderHoweverMany) {
    Few<int, 3> few;
    EXPECT_TRUE(few.empty());
    for (int i = 1; i <= 7; ++i) {
        few.push_back(i);
        EXPECT_EQ(few.back(), i);
        EXPECT_EQ(few.size(), static_cast<std::size_t>(i));
    }
    EXPECT_EQ(values(few), (std::vector<int>{1, 2, 3, 4, 5, 6, 7}));
    few.all()[5] = 60;
    EXPECT_EQ(values(few)[5], 60);
    few.clear();
    EXPECT_TRUE(few.empty());
    few.push_back(9);
    EXPECT_EQ(values(few), std::vector<int>{9});
}

TEST(Few, ACopyIsItsOwn) {
    for (const int many : {2, 5}) {
        Few<int, 3> few;
        for (int i = 0; i < many; ++i) few.push_back(i);
        Few<int, 3> copy = few;
        copy.all()[1] = 100;
        copy.push_back(7);
        EXPECT_EQ(few.all()[1], 1);
        EXPECT_EQ(few.size(), static_cast<std::size_t>(many));
        few = copy;
        EXPECT_EQ(values(few), values(copy));
    }
}

TEST(Indirect, IsCopiedWithItsOwner) {
    Indirect<int> none;
    EXPECT_FALSE(none);
    Indirect<int> one;
    one.emplace(1);
    Indirect<int> two = one;
    *two = 2;
    EXPECT_EQ(*one, 1);
    one = two;
    EXPECT_EQ(*one, 2);
    two.reset();
    EXPECT_FALSE(two);
    EXPECT_EQ(*one, 2);
}

}  // namespace
}  // namespace tcpstep::model::tracking
