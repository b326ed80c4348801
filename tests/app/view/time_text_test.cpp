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
    for (const Case& c : {Case{0ns, "0 ns"}, Case{850ns, "850 ns"}, Case{25'300ns, "25.3 µs"},
                          Case{25us, "25 µs"}, Case{999'499ns, "999 µs"}, Case{999'600ns, "1 ms"},
                          Case{4'120ms, "4.12 s"}, Case{9'996ms, "10 s"}, Case{99'960ms, "100 s"},
                          Case{119s, "119 s"}, Case{125s, "2 min 5 s"}, Case{-25us, "-25 µs"}}) {
        EXPECT_EQ(span_text(c.span), c.text);
    }
}

TEST(OffsetText, HasASign) {
    EXPECT_EQ(offset_text(0ns), "+0 s");
    EXPECT_EQ(offset_text(4'120ms), "+4.12 s");
}

}  // namespace
}  // namespace tcpstep::view
