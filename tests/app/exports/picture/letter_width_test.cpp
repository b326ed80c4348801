#include "app/exports/picture/letter_width.hpp"

#include <gtest/gtest.h>

namespace tcpstep::exports::picture {
namespace {

using view::TextStyle;

float width(TextStyle style, std::string_view text) {
    return letter_measure(18)(style, text) / font_size(style, 18);
}

TEST(LetterWidth, LettersAreAsWideAsInTheWidestCommonFonts) {
    EXPECT_EQ(width(TextStyle::Body, ""), 0);
    EXPECT_NEAR(width(TextStyle::Body, "il"), 0.556, 0.001);
    EXPECT_NEAR(width(TextStyle::Body, "MW"), 1.852, 0.001);
    EXPECT_GT(width(TextStyle::Strong, "MW"), width(TextStyle::Body, "MW"));
    EXPECT_NEAR(width(TextStyle::Mono, "il.MW"), 5 * 0.603, 0.001);
}

TEST(LetterWidth, AChineseCharacterIsAsWideAsHigh) {
    EXPECT_NEAR(width(TextStyle::Small, "客户端"), 3, 0.001);
    EXPECT_NEAR(width(TextStyle::MonoSmall, "客"), 1, 0.001);
}

TEST(LetterWidth, WhatIsNotInTheTableIsWide) {
    EXPECT_GE(width(TextStyle::Body, "…"), 1);
    EXPECT_GE(width(TextStyle::Body, "→"), 0.838F);
    EXPECT_GE(width(TextStyle::Body, "\xff"), 0.5F) << "not UTF-8";
}

}  // namespace
}  // namespace tcpstep::exports::picture
