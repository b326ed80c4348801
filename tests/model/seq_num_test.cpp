#include "model/seq_num.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

template <class T>
concept HasLess = requires(T a, T b) {
    a < b;
};
template <class T>
concept HasMinus = requires(T a, T b) {
    a - b;
};

TEST(SeqNum, ForbidsWhatHasNoMeaningOnACircle) {
    EXPECT_FALSE(HasLess<SeqNum>);
    EXPECT_FALSE(HasMinus<SeqNum>);
    EXPECT_FALSE((std::is_convertible_v<std::uint32_t, SeqNum>));
}

// Every relation again at each starting point, also where the circle closes.
class AtPoint : public ::testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(SeqNum, AtPoint,
                         ::testing::Values(0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU,
                                           0xfffffffeU, 0U - 34U));

TEST_P(AtPoint, DistanceGoesForward) {
    const SeqNum p(GetParam());
    EXPECT_EQ(distance(p, p), 0U);
    EXPECT_EQ(distance(p, p + 34), 34U);
    EXPECT_EQ(distance(p + 1, p), 0xffffffffU);
    EXPECT_EQ(signed_distance(p + 34, p), -34);
}

TEST_P(AtPoint, BeforeTakesTheShorterWay) {
    const SeqNum p(GetParam());
    EXPECT_FALSE(before(p, p));
    EXPECT_TRUE(at_or_before(p, p));
    EXPECT_TRUE(before(p, p + 1));
    EXPECT_FALSE(before(p + 1, p));
    EXPECT_TRUE(before(p, p + 0x7fffffffU));
    EXPECT_FALSE(before(p + 0x7fffffffU, p));
}

TEST_P(AtPoint, AWindowHoldsItsFirstAndNotTheOnePastItsLast) {
    const SeqNum p(GetParam());
    EXPECT_TRUE(in_window(p, p, 1));
    EXPECT_FALSE(in_window(p, p, 0));
    EXPECT_TRUE(in_window(p + 99, p, 100));
    EXPECT_FALSE(in_window(p + 100, p, 100));
    EXPECT_FALSE(in_window(SeqNum(p.raw() - 1), p, 100));
}

TEST(SeqNum, BeyondOnePointUpToAnother) {
    const SeqNum start(0xfffffffe);
    const SeqNum last = start + 4;
    EXPECT_FALSE(beyond_up_to(start, start, last));
    EXPECT_TRUE(beyond_up_to(start + 1, start, last));
    EXPECT_TRUE(beyond_up_to(last, start, last));
    EXPECT_FALSE(beyond_up_to(last + 1, start, last));
    EXPECT_FALSE(beyond_up_to(start, start, start));
}

}  // namespace
}  // namespace tcpstep::model
