#include "model/descriptors.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

TEST(Descriptors, OneAloneIsTheLast) {
    Descriptors table;
    EXPECT_EQ(table.closed({3}), std::nullopt);
}

TEST(Descriptors, OnlyTheLastOfOneSocketClosesIt) {
    Descriptors table;
    table.duplicated({3}, {4});
    table.duplicated({4}, {5});
    EXPECT_EQ(table.closed({4}), (Descriptor{3}));
    EXPECT_EQ(table.closed({3}), (Descriptor{5}));
    EXPECT_EQ(table.closed({5}), std::nullopt);
    EXPECT_EQ(table, Descriptors());
}

TEST(Descriptors, TheOrderOfClosingDoesNotMatter) {
    Descriptors table;
    table.duplicated({3}, {4});
    EXPECT_EQ(table.closed({3}), (Descriptor{4}));
    EXPECT_EQ(table.closed({4}), std::nullopt);
}

TEST(Descriptors, TwoSocketsDoNotMix) {
    Descriptors table;
    table.duplicated({3}, {4});
    table.duplicated({7}, {8});
    EXPECT_EQ(table.closed({7}), (Descriptor{8}));
    EXPECT_EQ(table.closed({8}), std::nullopt);
    EXPECT_EQ(table.closed({3}), (Descriptor{4}));
}

// The kernel gives the lowest number that is free: it may have been another socket's, whose close
// was told elsewhere.
TEST(Descriptors, ANumberThatIsGivenAnewIsAnotherSocket) {
    Descriptors table;
    table.duplicated({3}, {4});
    table.opened({4}, true);
    EXPECT_EQ(table.closed({4}), std::nullopt);
    EXPECT_EQ(table.closed({3}), std::nullopt);
    table.duplicated({3}, {4});
    table.duplicated({9}, {4});
    EXPECT_EQ(table.closed({3}), std::nullopt);
    EXPECT_EQ(table.closed({4}), (Descriptor{9}));
}

TEST(Descriptors, LingeringIsTheSocketsNotTheDescriptors) {
    Descriptors table;
    table.lingers({3}, 5);
    EXPECT_FALSE(table.aborts({3})) << "it waits, and does not abort";
    table.duplicated({3}, {4});
    table.lingers({4}, 0);
    EXPECT_TRUE(table.aborts({3}));
    table.duplicated({3}, {5});
    EXPECT_TRUE(table.aborts({5}));
    table.closed({3});
    EXPECT_FALSE(table.aborts({3}));
    EXPECT_TRUE(table.aborts({4}));
    table.lingers({5}, 1);
    EXPECT_FALSE(table.aborts({4})) << "the last one counts";
}

// Linux: what a socket is set to is its child's, too.
TEST(Descriptors, AnAcceptedSocketHasItsListenersLinger) {
    Descriptors table;
    table.lingers({3}, 0);
    table.inherits({4}, {3});
    table.inherits({6}, {5});
    EXPECT_TRUE(table.aborts({4}));
    EXPECT_FALSE(table.aborts({6}));
}

TEST(Descriptors, WhatIsNotTcpStaysSoUntilItIsClosed) {
    Descriptors table;
    EXPECT_TRUE(table.is_tcp({3}));
    table.opened({3}, false);
    table.duplicated({3}, {4});
    EXPECT_FALSE(table.is_tcp({3}));
    EXPECT_FALSE(table.is_tcp({4}));
    table.closed({3});
    EXPECT_TRUE(table.is_tcp({3}));
    EXPECT_FALSE(table.is_tcp({4}));
    table.opened({4}, true);
    EXPECT_TRUE(table.is_tcp({4}));
}

// The number of a descriptor is the same in the child, and yet another descriptor.
TEST(Descriptors, AChildHasEveryOneOfItsParents) {
    Descriptors table;
    table.opened({3}, true);
    table.opened({5}, false);
    table.forked(0, 4711);
    EXPECT_EQ(table.of(4711), (std::vector<Descriptor>{{3, 4711}, {5, 4711}}));
    EXPECT_FALSE(table.is_tcp({5, 4711}));
    EXPECT_EQ(table.other({3}), (Descriptor{3, 4711}));
    EXPECT_EQ(table.closed({3}), (Descriptor{3, 4711}));
    EXPECT_EQ(table.closed({3, 4711}), std::nullopt);
    EXPECT_EQ(table.of(0), std::vector<Descriptor>{{5}});
}

TEST(Descriptors, WhatIsOpenedAfterAForkIsNotShared) {
    Descriptors table;
    table.opened({3}, true);
    table.forked(0, 4711);
    table.opened({4}, true);
    table.opened({4, 4711}, true);
    EXPECT_EQ(table.closed({4}), std::nullopt);
    EXPECT_EQ(table.closed({4, 4711}), std::nullopt);
}

// Process ids are given anew, and the end of the first one may have been told elsewhere.
TEST(Descriptors, AChildOfTheSameNumberIsAnotherOne) {
    Descriptors table;
    table.opened({3}, true);
    table.opened({4}, true);
    table.forked(0, 4711);
    table.closed({4});
    table.forked(0, 4711);
    EXPECT_EQ(table.of(4711), (std::vector<Descriptor>{{3, 4711}}));
}

// Linux: secs_to_retrans(); getsockopt() then tells 1, 3, 7, 15 ... s.
TEST(Descriptors, TheDeferralIsInTimeoutsThatDouble) {
    for (const auto& [seconds, timeouts] :
         {std::pair{-1, 0U}, std::pair{0, 0U}, std::pair{1, 1U}, std::pair{2, 2U}, std::pair{3, 2U},
          std::pair{4, 3U}, std::pair{5, 3U}, std::pair{7, 3U}, std::pair{8, 4U},
          std::pair{127, 7U}, std::pair{128, 8U}, std::pair{247, 8U}, std::pair{248, 9U},
          std::pair{2147483647, 255U}}) {
        Descriptors table;
        table.defers_accept({3}, seconds);
        EXPECT_EQ(table.accept_deferral({3}), timeouts) << seconds;
        table.duplicated({3}, {4});
        EXPECT_EQ(table.accept_deferral({4}), timeouts) << "the same socket";
        EXPECT_EQ(table.accept_deferral({5}), 0U);
    }
}

TEST(Descriptors, RemembersNoMoreThanAProcessCanHave) {
    Descriptors table;
    for (std::int64_t fd = 0; fd < 5000; ++fd) table.opened({fd}, true);
    EXPECT_EQ(table.of(0).size(), 1024U);
    EXPECT_EQ(table.of(0).back(), Descriptor{4999});
}

}  // namespace
}  // namespace tcpstep::model
