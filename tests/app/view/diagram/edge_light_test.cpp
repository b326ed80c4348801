#include "app/view/diagram/edge_light.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view::diagram {
namespace {

using namespace std::chrono_literals;

constexpr EdgeLight::Moment kStart{10s};

TEST(EdgeLightOf, RunsOnceAlongTheEdgeAndEnds) {
    EdgeLight light;
    light.see(1, 0, kStart);
    EXPECT_FALSE(light.at(kStart));
    light.see(1, 1, kStart + 1s);
    EXPECT_EQ(light.at(kStart + 1s), 0.0F);
    EXPECT_NEAR(*light.at(kStart + 1s + EdgeLight::kRuns / 2), 0.5F, 0.01F);
    // Seen again and again meanwhile, it goes on.
    light.see(1, 1, kStart + 1s + 200ms);
    EXPECT_TRUE(light.at(kStart + 1s + 200ms));
    EXPECT_FALSE(light.at(kStart + 1s + EdgeLight::kRuns));
}

TEST(EdgeLightOf, OneSegmentMayMoveTwoStates) {
    EdgeLight light;
    light.see(1, 3, kStart);
    light.see(1, 5, kStart + 1s);
    EXPECT_TRUE(light.at(kStart + 1s));
}

TEST(EdgeLightOf, NoneAfterAJumpNorBackwardNorInAnotherTimeline) {
    EdgeLight light;
    light.see(1, 0, kStart);
    light.see(1, 3, kStart + 1s);
    EXPECT_FALSE(light.at(kStart + 1s));
    light.see(1, 2, kStart + 3s);
    EXPECT_FALSE(light.at(kStart + 3s));
    light.see(2, 3, kStart + 6s);
    EXPECT_FALSE(light.at(kStart + 6s));
}

TEST(EdgeLightOf, NoneWhileOneStepsFasterThanItRuns) {
    EdgeLight light;
    light.see(1, 0, kStart);
    for (std::size_t step = 1; step <= 8; ++step) {
        const EdgeLight::Moment now = kStart + 1s + step * 100ms;
        light.see(1, step, now);
        EXPECT_EQ(light.at(now).has_value(), step == 1) << step;
    }
    // Slowly again, it is there again.
    light.see(1, 9, kStart + 4s);
    EXPECT_TRUE(light.at(kStart + 4s));
}

}  // namespace
}  // namespace tcpstep::view::diagram
