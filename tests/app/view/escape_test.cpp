#include "app/view/escape.hpp"

#include <gtest/gtest.h>

namespace tcpstep::view {
namespace {

using namespace std::string_view_literals;

struct Case {
    std::string_view text;
    std::string_view shown;
};

TEST(Escaped, LetsNothingReachTheTerminalThatCommandsIt) {
    for (const Case& c : {
             Case{"server waits 200 ms", "server waits 200 ms"},
             Case{"café → “x” 漢字 😀", "café → “x” 漢字 😀"},
             Case{"a\nb\r\tc", "a\\nb\\r\\tc"},
             Case{"\x1b[31mred\x1b[0m\a", "\\x1b[31mred\\x1b[0m\\x07"},
             Case{"a\0b\x7f"sv, "a\\x00b\\x7f"},
             Case{"\xc2\x9b"
                  "31m",
                  "\\u009b31m"},  // a control of eight bits
             Case{"\xe2\x80\xae"
                  "abc",
                  "\\u202eabc"},                          // right to left
             Case{"say \"hi\" \\o/", "say \"hi\" \\o/"},  // it stands in no quotes
             Case{"", ""},
         }) {
        EXPECT_EQ(escaped(c.text), c.shown);
    }
}

TEST(Escaped, ShowsTheBytesOfWhatIsNotUtf8) {
    for (const Case& c : {
             Case{"\xff", "\\xff"}, Case{"a\xc3", "a\\xc3"},    // cut short
             Case{"\xc3z", "\\xc3z"},                           // goes on wrongly
             Case{"\xc0\x8a", "\\xc0\\x8a"},                    // a newline, too long
             Case{"\xe0\x80\x8a", "\\xe0\\x80\\x8a"},           // again
             Case{"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // a surrogate
             Case{"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond Unicode
         }) {
        EXPECT_EQ(escaped(c.text), c.shown);
    }
}

TEST(Quoted, IsACString) {
    EXPECT_EQ(quoted("hello back é\n", 40), R"("hello back é\n")");
    EXPECT_EQ(quoted(R"(a "b" \c)", 40), R"("a \"b\" \\c")");
    EXPECT_EQ(quoted("", 40), "\"\"");
}

TEST(Quoted, IsCutBetweenCharactersAndSaysSo) {
    EXPECT_EQ(quoted("ééééé", 5), "\"ééééé\"");
    EXPECT_EQ(quoted("éééééé", 5), "\"ééééé\"…");
    EXPECT_EQ(quoted("\n\n\n", 2), "\"\\n\\n\"…");
}

}  // namespace
}  // namespace tcpstep::view
