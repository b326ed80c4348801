#include "model/reset.hpp"

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

// Whatever the numbers, near the wrap too.
class Reset : public ::testing::TestWithParam<std::uint32_t> {
  public:
    Story story{GetParam(), 4294967290U};
    // The state of `receiver` once the RST has reached it.
    State after_reset(Role receiver) {
        auto reset = acceptable_reset(story.result(), receiver);
        EXPECT_TRUE(reset);
        if (!reset) return State::Unknown;
        EXPECT_EQ(reset->from, peer(receiver));
        reset->id = story.next_id();
        story.fact(SegmentInjected{*reset}).fact(SegmentDelivered{reset->id});
        return story.result().end(receiver).state();
    }
};
INSTANTIATE_TEST_SUITE_P(Model, Reset, ::testing::Values(1000U, 4294967295U, 4294967294U));

TEST_P(Reset, EndsTheClientInSynSent) {
    story.lab(true).listen().client("S", 0);
    EXPECT_EQ(after_reset(Role::Client), State::Closed);
    EXPECT_EQ(story.result().server.state(), State::Listen);
}

TEST_P(Reset, TakesTheServerInSynRcvdBackToListen) {
    story.lab(true).listen().client("S", 0).fact(SegmentDelivered{1});
    EXPECT_EQ(after_reset(Role::Server), State::Listen);
}

TEST_P(Reset, EndsEitherEndOfAnEstablishedConnection) {
    for (Role receiver : {Role::Client, Role::Server}) {
        story = Story(GetParam(), 4294967290U);
        story.lab(true).listen();
        story.client("S", 0).fact(SegmentDelivered{1}).server("SA", 0, 1);
        story.fact(SegmentDelivered{2}).client("A", 1, 1).fact(SegmentDelivered{3});
        story.client("PA", 1, 1, 5).fact(SegmentDelivered{4});
        EXPECT_EQ(after_reset(receiver), State::Closed);
        EXPECT_EQ(story.result().end(peer(receiver)).state(), State::Established);
    }
}

TEST_P(Reset, IsNotToBeHadWhereNoneIsAccepted) {
    EXPECT_FALSE(acceptable_reset(story.result(), Role::Client)) << "nothing is known";
    story.lab(true).listen();
    EXPECT_FALSE(acceptable_reset(story.result(), Role::Client)) << "CLOSED";
    EXPECT_FALSE(acceptable_reset(story.result(), Role::Server)) << "LISTEN";
}

}  // namespace
}  // namespace tcpstep::model
