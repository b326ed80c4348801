#include "model/segment_numbers.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

SegmentSent sent(SegmentId id, SegmentId copy_of = 0) {
    SegmentSent fact;
    fact.segment.id = id;
    fact.copy_of = copy_of;
    return fact;
}

TEST(SegmentNumbers, OfACaptureAreTheIds) {
    Story story;
    story.handshake();
    for (SegmentId id = 1; id <= 3; ++id)
        EXPECT_EQ(story.trace().numbers().name(id), std::to_string(id));
    EXPECT_EQ(SegmentNumbers().name(1'000'000), "1000000");
}

TEST(SegmentNumbers, CountNoAbsorbedCopies) {
    SegmentNumbers numbers;
    numbers.take(sent(1));
    for (const SegmentId id : {2, 3, 4}) numbers.take(sent(id, 1));
    numbers.take(sent(5));
    for (const SegmentId id : {6, 7}) numbers.take(sent(id, 5));
    numbers.take(sent(8, 1));
    numbers.take(sent(9));
    const char* const names[] = {"1", "1b", "1c", "1d", "2", "2b", "2c", "1e", "3"};
    for (SegmentId id = 1; id <= 9; ++id) EXPECT_EQ(numbers.name(id), names[id - 1]) << id;
    EXPECT_EQ(numbers.name(10), "4") << "the one that comes next";
}

// As columns of a table are named, had the original the letter a.
TEST(SegmentNumbers, ManyCopiesTakeTwoLetters) {
    SegmentNumbers numbers;
    numbers.take(sent(1));
    for (SegmentId id = 2; id <= 800; ++id) numbers.take(sent(id, 1));
    EXPECT_EQ(numbers.name(26), "1z");
    EXPECT_EQ(numbers.name(27), "1aa");
    EXPECT_EQ(numbers.name(28), "1ab");
    EXPECT_EQ(numbers.name(31), "1ae") << "the 30th copy";
    EXPECT_EQ(numbers.name(26 + 26 * 26), "1zz");
    EXPECT_EQ(numbers.name(27 + 26 * 26), "1aaa");
    EXPECT_EQ(numbers.name(801), "2");
}

TEST(SegmentNumbers, CountTheSegmentsThatTheGateMade) {
    SegmentNumbers numbers;
    numbers.take(sent(1));
    numbers.take(SegmentDuplicated{1, 2});
    SegmentInjected injected;
    injected.segment.id = 3;
    numbers.take(injected);
    numbers.take(sent(4, 1));
    numbers.take(sent(5));
    numbers.take(SegmentDuplicated{4, 6});
    EXPECT_EQ(numbers.name(2), "2");
    EXPECT_EQ(numbers.name(3), "3");
    EXPECT_EQ(numbers.name(4), "1b");
    EXPECT_EQ(numbers.name(5), "4");
    EXPECT_EQ(numbers.name(6), "5") << "a copy that the user made, of an absorbed one";
}

TEST(SegmentNumbers, ACopyThatIsNeededLaterKeepsItsName) {
    SegmentNumbers numbers;
    numbers.take(sent(1));
    numbers.take(sent(2, 1));
    numbers.take(sent(3));
    numbers.take(SegmentDropped{1});
    numbers.take(SegmentHeld{2, 0});
    numbers.take(SegmentDelivered{2});
    EXPECT_EQ(numbers.name(2), "1b");
    EXPECT_EQ(numbers.name(3), "2");
}

TEST(SegmentNumbers, ACopyOfACopyIsOneOfTheFirst) {
    SegmentNumbers numbers;
    numbers.take(sent(1));
    numbers.take(sent(2, 1));
    numbers.take(sent(3, 2));
    EXPECT_EQ(numbers.name(3), "1c");
}

// In a file that another program wrote.
TEST(SegmentNumbers, IdsNeedNotAscend) {
    SegmentNumbers numbers;
    constexpr SegmentId kCopies = 5000;
    numbers.take(sent(1));
    for (SegmentId id = kCopies + 1; id > 1; --id) {
        numbers.take(sent(id, 1));
        ASSERT_EQ(numbers.name(id).find("1"), 0U);
        // Those that are still to come count as if they were no copies.
        ASSERT_EQ(numbers.name(kCopies + 2), std::to_string(id));
    }
    EXPECT_EQ(numbers.name(kCopies + 1), "1b") << "the first that was sent";
    EXPECT_EQ(numbers.name(kCopies + 2), "2");
}

TEST(SegmentNumbers, AreThoseOfAllConnectionsOfATrace) {
    Trace trace;
    const auto first = trace.intern(*parse_connection_id("127.0.0.1:1-127.0.0.1:9"));
    const auto second = trace.intern(*parse_connection_id("127.0.0.1:2-127.0.0.1:9"));
    trace.append({Time(), first, sent(1)});
    trace.append({Time(), second, sent(2)});
    Timeline timeline(trace, second);
    EXPECT_EQ(timeline.number(2), "2");
    // While it goes on.
    trace.append({Time(), first, sent(3, 1)});
    trace.append({Time(), second, sent(4, 2)});
    trace.append({Time(), second, sent(5)});
    timeline.catch_up();
    EXPECT_EQ(timeline.number(3), "1b");
    EXPECT_EQ(timeline.number(4), "2b");
    EXPECT_EQ(timeline.number(5), "3");
    EXPECT_EQ(Timeline(trace, first).number(5), "3");
    const Trace moved = std::move(trace);
    EXPECT_EQ(moved.numbers().name(5), "3");
}

}  // namespace
}  // namespace tcpstep::model
