#include "app/view/shorten.hpp"

#include <gtest/gtest.h>

#include "app/view/columns.hpp"

namespace tcpstep::view {
namespace {

// Every character, whatever its bytes, is one wide.
float ruler(TextStyle, std::string_view text) {
    float w = 0;
    for (char c : text) w += (static_cast<unsigned char>(c) & 0xc0) == 0x80 ? 0.0F : 1.0F;
    return w;
}

TEST(ShortenMiddle, LeavesWhatFits) {
    EXPECT_EQ(shorten_middle("127.0.0.1:8000", TextStyle::Mono, 14, ruler), "127.0.0.1:8000");
}

TEST(ShortenMiddle, KeepsBothEndsAndFits) {
    EXPECT_EQ(shorten_middle("[2001:db8::7348]:43512", TextStyle::Mono, 13, ruler),
              "[2001:…:43512");
    EXPECT_EQ(shorten_middle("abcdef", TextStyle::Mono, 1, ruler), "…");
}

TEST(ShortenMiddle, NeverCutsACharacterApart) {
    EXPECT_EQ(shorten_middle("ääääää", TextStyle::Mono, 4, ruler), "ä…ää");
}

TEST(ShortenEnd, KeepsTheBeginningAndFits) {
    EXPECT_EQ(shorten_end("abcdef", TextStyle::Small, 6, ruler), "abcdef");
    EXPECT_EQ(shorten_end("äbcdef", TextStyle::Small, 5, ruler), "äbcd…");
    EXPECT_EQ(shorten_end("abcdef", TextStyle::Small, 1, ruler), "…");
}

TEST(BreakLines, BreaksAtSpaces) {
    EXPECT_EQ(break_lines("one two three", TextStyle::Body, 7, ruler),
              (std::vector<std::string_view>{"one two", "three"}));
    EXPECT_EQ(break_lines("one", TextStyle::Body, 7, ruler),
              (std::vector<std::string_view>{"one"}));
    EXPECT_TRUE(break_lines("", TextStyle::Body, 7, ruler).empty());
}

// As in a window: a Chinese character is as wide as two Latin ones.
float wide_ruler(TextStyle, std::string_view text) {
    return static_cast<float>(columns(text));
}

TEST(BreakLines, BreaksChineseBetweenAnyTwoCharacters) {
    EXPECT_EQ(break_lines("客户端确认服务器的报文段", TextStyle::Body, 8, wide_ruler),
              (std::vector<std::string_view>{"客户端确", "认服务器", "的报文段"}));
    EXPECT_EQ(break_lines("ack 表示 SYN 已到", TextStyle::Body, 9, wide_ruler),
              (std::vector<std::string_view>{"ack 表示", "SYN 已到"}));
}

TEST(BreakLines, APunctuationMarkStaysWithItsWords) {
    EXPECT_EQ(break_lines("它仍然可以，接收", TextStyle::Body, 10, wide_ruler),
              (std::vector<std::string_view>{"它仍然可", "以，接收"}));
    EXPECT_EQ(break_lines("它说（是的）", TextStyle::Body, 6, wide_ruler),
              (std::vector<std::string_view>{"它说", "（是", "的）"}));
    EXPECT_EQ(break_lines("字“引”字", TextStyle::Body, 4, wide_ruler),
              (std::vector<std::string_view>{"字", "“引”", "字"}));
}

TEST(BreakLines, ALatinWordInChineseIsNotBroken) {
    EXPECT_EQ(break_lines("处于SYN_SENT状态", TextStyle::Body, 9, wide_ruler),
              (std::vector<std::string_view>{"处于", "SYN_SENT", "状态"}));
}

TEST(BreakLines, AWordThatIsTooWideStandsAlone) {
    EXPECT_EQ(break_lines("a incomprehensible b", TextStyle::Body, 4, ruler),
              (std::vector<std::string_view>{"a", "incomprehensible", "b"}));
    EXPECT_EQ(break_lines("incomprehensible", TextStyle::Body, 4, ruler),
              (std::vector<std::string_view>{"incomprehensible"}));
}

}  // namespace
}  // namespace tcpstep::view
