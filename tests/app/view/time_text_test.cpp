#include "app/view/time_text.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view {
namespace {

using namespace std::chrono_literals;

TEST(SpanText, HasThreeDigitsAndAUnitThatFits) {
    struct Case {
        model::Duration span;
        const char* text;
    };
    for (const Case& c :
         {Case{0ns, "0 ns"}, Case{850ns, "850 ns"}, Case{25'300ns, "25.3 µs"}, Case{25us, "25 µs"},
          Case{999'499ns, "999 µs"}, Case{999'600ns, "1 ms"}, Case{4'120ms, "4.12 s"},
          Case{9'996ms, "10 s"}, Case{99'960ms, "100 s"}, Case{119s, "119 s"},
          Case{125s, "2 min 5 s"}, Case{7'199s, "119 min 59 s"}, Case{600s, "10 min"},
          Case{7'200s, "2 h"}, Case{86'338s, "23 h 58 min"}, Case{-25us, "-25 µs"}}) {
        EXPECT_EQ(span_text(c.span), c.text);
    }
}

TEST(ClockText, TellsMinutesAndHours) {
    EXPECT_EQ(clock_text(60s), "1:00");
    EXPECT_EQ(clock_text(2000s), "33:20");
    EXPECT_EQ(clock_text(7'985s), "2:13:05");
}

TEST(RunningText, CountsTenthsAndLaterSecondsRoundedDown) {
    struct Case {
        model::Duration span;
        const char* text;
    };
    for (const Case& c : {Case{-5s, "0.0 s"}, Case{0s, "0.0 s"}, Case{99ms, "0.0 s"},
                          Case{3'299ms, "3.2 s"}, Case{9'999ms, "9.9 s"}, Case{10s, "10 s"},
                          Case{119'900ms, "119 s"}, Case{125s, "2 min 5 s"}}) {
        EXPECT_EQ(running_text(c.span), c.text);
    }
}

// What is promised is the very moment at which the text changes.
TEST(RunningText, ChangesWhenItWasSaid) {
    for (const model::Duration span :
         {model::Duration(-250ms), model::Duration(-1ms), model::Duration(1ns),
          model::Duration(99ms), model::Duration(100ms), model::Duration(3'210ms),
          model::Duration(9'950ms), model::Duration(10s), model::Duration(10'500ms),
          model::Duration(125s)}) {
        const model::Duration grows = until_grown(span);
        EXPECT_GT(grows, 0s);
        EXPECT_EQ(running_text(span + grows - 1ns), running_text(span)) << span.count();
        EXPECT_NE(running_text(span + grows), running_text(span)) << span.count();
        const auto shrinks = until_shrunk(span);
        EXPECT_EQ(shrinks.has_value(), span >= 100ms) << span.count();
        if (!shrinks) continue;
        EXPECT_EQ(running_text(span - *shrinks + 1ns), running_text(span)) << span.count();
        EXPECT_NE(running_text(span - *shrinks), running_text(span)) << span.count();
    }
}

TEST(OffsetText, HasASign) {
    EXPECT_EQ(offset_text(0ns), "+0 s");
    EXPECT_EQ(offset_text(4'120ms), "+4.12 s");
}

}  // namespace
}  // namespace tcpstep::view
