#include "model/claim/awaited.hpp"

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model::claim {
namespace {

using testing::Story;

Moment syn_sent() {
    SegmentChoice choice;
    choice.flags = testing::flags_of("S");
    return OfSegment{choice, Fate::Sent};
}

SocketSampled sample(Role endpoint) {
    SocketSampled sample;
    sample.endpoint = endpoint;
    sample.state = State::Listen;
    return sample;
}

std::vector<EndOf> awaited_in(const Predicate& claim, const Story& story) {
    return awaited(claim, Chronicle(story.trace()));
}

const EndOf kServer{0, Role::Server};

TEST(AwaitedWord, IsThatOnTheStateAfterItsMoment) {
    const StateIs claim{Role::Server, 1, State::Listen, syn_sent()};
    Story story;
    story.lab(true).listen().fact(sample(Role::Server));
    EXPECT_TRUE(awaited_in(claim, story).empty()) << "the moment has not come";
    story.client("S", 0);
    EXPECT_EQ(awaited_in(claim, story), std::vector{kServer}) << "it was asked before";
    story.fact(sample(Role::Client));
    EXPECT_EQ(awaited_in(claim, story), std::vector{kServer}) << "that is the other end";
    story.fact(sample(Role::Server));
    EXPECT_TRUE(awaited_in(claim, story).empty());
}

TEST(AwaitedWord, IsThatOnEachSampledValue) {
    const Value value = SampledOf{SampledField::RecvQ, Role::Server, 1, syn_sent()};
    Story story;
    story.lab(true).listen().client("S", 0);
    EXPECT_EQ(awaited_in(Compares{Relation::Equal, value, std::int64_t{0}, 0}, story),
              std::vector{kServer});
    EXPECT_EQ(awaited_in(Compares{Relation::Equal, std::int64_t{0}, value, 0}, story),
              std::vector{kServer});
    EXPECT_TRUE(awaited_in(InOrder{{syn_sent()}}, story).empty());
}

}  // namespace
}  // namespace tcpstep::model::claim
