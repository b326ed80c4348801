#include "model/receive_sequence.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

class AtIsn : public ::testing::TestWithParam<std::uint32_t> {
  public:
    SeqNum isn{GetParam()};
    ReceiveSequence receive{isn};
};
INSTANTIATE_TEST_SUITE_P(ReceiveSequence, AtIsn,
                         ::testing::Values(0U, 1000U, 0xffffffffU, 0xfffffffeU, 0U - 34U));

TEST_P(AtIsn, TakesOctetsInOrder) {
    EXPECT_EQ(receive.next(), isn + 1);
    EXPECT_FALSE(receive.receive(isn + 1, 40, false));
    EXPECT_EQ(receive.next(), isn + 41);
}

TEST_P(AtIsn, AFinCountsOnceAllBeforeItHasArrived) {
    EXPECT_FALSE(receive.receive(isn + 41, 0, true));
    EXPECT_FALSE(receive.receive(isn + 21, 20, false));
    EXPECT_EQ(receive.next(), isn + 1);
    EXPECT_TRUE(receive.receive(isn + 1, 20, false));
    EXPECT_EQ(receive.next(), isn + 42);
    EXPECT_TRUE(receive.fin_reached());
}

TEST_P(AtIsn, RepeatedOctetsAndFinChangeNothing) {
    EXPECT_FALSE(receive.receive(isn + 1, 40, false));
    EXPECT_FALSE(receive.receive(isn + 1, 40, false));
    EXPECT_TRUE(receive.receive(isn + 31, 10, true));
    EXPECT_FALSE(receive.receive(isn + 31, 10, true));
    EXPECT_EQ(receive.next(), isn + 42);
}

TEST_P(AtIsn, NothingComesAfterTheFin) {
    EXPECT_TRUE(receive.receive(isn + 1, 10, true));
    EXPECT_FALSE(receive.receive(isn + 12, 10, false));
    EXPECT_EQ(receive.next(), isn + 12);
}

TEST_P(AtIsn, AGapFilledBeyondWhatWaitedDoesNotGoBack) {
    receive.receive(isn + 11, 5, false);
    receive.receive(isn + 1, 40, false);
    EXPECT_EQ(receive.next(), isn + 41);
}

TEST_P(AtIsn, GapsFillInAnyOrder) {
    receive.receive(isn + 31, 10, false);
    receive.receive(isn + 11, 10, false);
    receive.receive(isn + 16, 10, false);  // overlaps
    EXPECT_EQ(receive.next(), isn + 1);
    receive.receive(isn + 1, 10, false);
    EXPECT_EQ(receive.next(), isn + 26);
    receive.receive(isn + 26, 5, false);
    EXPECT_EQ(receive.next(), isn + 41);
}

}  // namespace
}  // namespace tcpstep::model
