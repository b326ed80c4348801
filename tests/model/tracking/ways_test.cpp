#include "model/tracking/ways.hpp"

#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

#include "model/tracking/likelihood.hpp"

namespace tcpstep::model::tracking {
namespace {

// Established, and since then these, each after the next segment.
Conjecture after(std::initializer_list<On> all, Cost cost = 0) {
    Conjecture way;
    way.position = {State::Established, Opened::Actively};
    way.cost = way.behind = cost;
    SegmentId id = 1;
    for (const On on : all) {
        way.add({id, id, on, State::Unknown, Doubt::None});
        ++id;
    }
    return way;
}

Conjecture with(Conjecture way, Offers taken) {
    way.taken = taken;
    return way;
}

std::string steps(const Conjecture& way) {
    std::string text;
    for (const Step& step : way.steps()) {
        if (!text.empty()) text += ' ';
        text += name(step.to);
        if (step.doubt != Doubt::None) text += '?';
    }
    return text;
}

TEST(Ways, KeepsWhatWhatFollowsMayTellApart) {
    Ways ways;
    ways.keep(after({}));
    ways.keep(after({On::RcvFin}));
    ways.keep(with(after({On::RcvFin}), 1));
    EXPECT_EQ(ways.size(), 3U);
}

TEST(Ways, OfTwoThatNothingTellsApartKeepsTheLikelierAndDoubtsWhereTheyDiffer) {
    Ways ways;
    ways.keep(after({On::Close, On::RcvFin, On::RcvAckOfFin}, 10));
    ways.keep(after({On::Close, On::RcvAckOfFin, On::RcvFin}));
    ASSERT_EQ(ways.size(), 1U);
    EXPECT_EQ(steps(ways[0]), "FIN_WAIT_1 FIN_WAIT_2? TIME_WAIT");
    EXPECT_EQ(ways[0].steps()[1].doubt, Doubt::OrderUnknown);
    EXPECT_EQ(ways[0].cost, 0);
    // The other way round, and one too unlikely to be asked.
    ways.keep(after({On::Close, On::RcvFin, On::RcvAckOfFin}, 0));
    EXPECT_EQ(steps(ways[0]), "FIN_WAIT_1 FIN_WAIT_2? TIME_WAIT");
    Ways proved;
    proved.keep(after({On::Close, On::RcvAckOfFin, On::RcvFin}));
    proved.keep(after({On::Close, On::RcvFin, On::RcvAckOfFin}, kInQuestion));
    EXPECT_EQ(steps(proved[0]), "FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT");
}

TEST(Ways, PutsTheLikeliestFirstAndGivesUpWhatIsTooFarBehind) {
    Ways ways;
    ways.keep(after({On::Close}, 20));
    ways.keep(after({}, kGivenUp + 1));
    ways.keep(after({On::RcvFin}, 0));
    ways.keep(with(after({On::Close}, 20), 1));
    ways.sort();
    ASSERT_EQ(ways.size(), 3U);
    EXPECT_EQ(steps(ways.front()), "CLOSE_WAIT");
    EXPECT_EQ(ways[1].taken, 0U) << "of two alike the earlier comes first";
    EXPECT_EQ(ways[2].taken, 1U);
}

TEST(Ways, WhatAllBeginWithIsOutOfQuestion) {
    Ways ways;
    ways.keep(after({On::Close, On::RcvAckOfFin}));
    ways.keep(after({On::Close}));
    ASSERT_NE(ways.common_step(), nullptr);
    EXPECT_EQ(ways.common_step()->to, State::FinWait1);
    ways.drop_common_step();
    EXPECT_EQ(ways.common_step(), nullptr) << "the second has no more";
    EXPECT_FALSE(ways.all_alike());
}

TEST(Ways, AreAllAlikeIfTheyDifferOnlyInWhatHasArrived) {
    Ways ways;
    ways.keep(after({}));
    ways.keep(with(after({}), 2));
    EXPECT_TRUE(ways.all_alike());
    Conjecture owing = with(after({}), 4);
    owing.owes = Answer::Ack;
    ways.keep(owing);
    EXPECT_FALSE(ways.all_alike());
}

TEST(Conjecture, KeepsNoStepThatMovesNothing) {
    Conjecture way = after({On::RcvAckOfFin, On::Close});
    EXPECT_EQ(steps(way), "FIN_WAIT_1");
    // None happened before the one in front of it.
    way.add({1, 9, On::RcvAckOfFin, State::Unknown, Doubt::None});
    EXPECT_EQ(way.steps()[1].after, 2U);
}

}  // namespace
}  // namespace tcpstep::model::tracking
