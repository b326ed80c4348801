#include "app/view/columns.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view {
namespace {

TEST(Columns, AChineseCharacterTakesTwo) {
    struct Case {
        const char* text;
        std::size_t columns;
    };
    for (const Case& c : {Case{"", 0}, Case{"SYN_SENT", 8}, Case{"状态", 4}, Case{"（内核）", 8},
                          Case{"ms 状态，", 9}, Case{"äöü…", 4}, Case{"😀", 2}}) {
        EXPECT_EQ(columns(c.text), c.columns) << c.text;
    }
}

TEST(Columns, WhatIsNoUtf8TakesOneAByte) {
    EXPECT_EQ(columns("\xff\xfe"), 2U);
    EXPECT_EQ(columns("\xe6\x8a"), 2U) << "a character that is cut short";
    EXPECT_EQ(columns("\xe6 ab"), 4U);
}

TEST(CutToColumns, NeverCutsACharacterApart) {
    EXPECT_EQ(cut_to_columns("报文段", 6), "报文段");
    EXPECT_EQ(cut_to_columns("报文段", 5), "报文");
    EXPECT_EQ(cut_to_columns("报文段", 1), "");
    EXPECT_EQ(cut_to_columns("a报b", 3), "a报");
    EXPECT_EQ(cut_to_columns("abc", 2), "ab");
}

}  // namespace
}  // namespace tcpstep::view
