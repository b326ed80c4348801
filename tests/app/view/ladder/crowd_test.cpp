#include "app/view/ladder/crowd.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view::ladder {
namespace {

constexpr CrowdLimits kWide = {0, 1000};

Crowded at(float moment, std::uint32_t rank = kLasting, float farthest = 30) {
    return {moment, 10, rank, farthest, farthest};
}

std::vector<float> middles(const std::vector<Crowded>& crowd, CrowdLimits limits = kWide) {
    std::vector<float> all;
    for (const std::optional<float>& middle : settle_crowd(crowd, limits))
        all.push_back(middle.value_or(-1));
    return all;
}

TEST(Crowd, LeavesWhatHasRoomAtItsMoment) {
    EXPECT_EQ(middles({at(50), at(60), at(200)}), (std::vector<float>{50, 60, 200}));
    EXPECT_TRUE(middles({}).empty());
}

TEST(Crowd, SpreadsUpAsWellAsDown) {
    EXPECT_EQ(middles({at(50), at(50), at(50)}), (std::vector<float>{40, 50, 60}));
    EXPECT_EQ(middles({at(50), at(54)}), (std::vector<float>{47, 57}));
}

// Two crowds that would overlap are one.
TEST(Crowd, JoinsNeighbours) {
    EXPECT_EQ(middles({at(50), at(50), at(62), at(62)}), (std::vector<float>{41, 51, 61, 71}));
}

TEST(Crowd, KeepsWithinItsLimits) {
    EXPECT_EQ(middles({at(5), at(5), at(5)}), (std::vector<float>{5, 15, 25}));
    EXPECT_EQ(middles({at(98), at(99), at(100)}, {0, 100}), (std::vector<float>{80, 90, 100}));
}

TEST(Crowd, LeavesOutByRankWhatWouldStandTooFar) {
    const std::vector<Crowded> crowd = {at(50, kLasting + 1, 10), at(50, kLasting + 1, 10),
                                        at(50, 2, 10), at(50, kLasting, 10)};
    EXPECT_EQ(middles(crowd), (std::vector<float>{40, -1, 50, 60}));
}

TEST(Crowd, LeavesOutWhatHasNoRoomWithinTheLimits) {
    EXPECT_EQ(middles({at(10, 3), at(10, 1), at(10, 2)}, {0, 10}),
              (std::vector<float>{-1, 10, -1}));
}

// What lasts makes room for its like as far as it must, for others only as far as it is at ease.
TEST(Crowd, PushesWhatLastsOnlyForItsLike) {
    const Crowded state = {50, 10, 2, 30, 8};
    EXPECT_EQ(middles({state, state, state, state}), (std::vector<float>{35, 45, 55, 65}));
    EXPECT_EQ(middles({at(50), at(50), state, state, state}),
              (std::vector<float>{-1, -1, 40, 50, 60}));
    EXPECT_EQ(middles({at(50), state, state}), (std::vector<float>{-1, 45, 55}));
    EXPECT_EQ(middles({at(50), state}), (std::vector<float>{45, 55}));
}

TEST(Crowd, NeverLeavesOutWhatMayStandAnywhere) {
    std::vector<Crowded> crowd(20, at(50, 5));
    crowd.push_back({50, 10, 0});
    EXPECT_GE(middles(crowd, {0, 55}).back(), 0);
}

}  // namespace
}  // namespace tcpstep::view::ladder
