#include "app/cli/glossary_table.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "app/cli/wrapped.hpp"
#include "app/view/columns.hpp"

namespace tcpstep::cli {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

lesson::Glossary one_entry() {
    lesson::GlossaryEntry entry;
    entry.id = "connect";
    entry.posix = "int connect(int fd, const struct sockaddr *addr, socklen_t len)";
    entry.go = "net.Dial";
    entry.moves = {{model::State::Closed, model::State::SynSent}};
    entry.sends = "SYN";
    entry.rfc = "3.10.1";
    entry.does.en = "Opens a connection, and waits until the other end has answered its SYN.";
    return {entry};
}

TEST(GlossaryTable, ACallInThreeColumnsAndWhatItDoes) {
    EXPECT_EQ(glossary_table(one_entry(), 60),
              "POSIX               Winsock             Go\n"
              "------------------------------------------------------------\n"
              "int connect(int     -                   net.Dial\n"
              "  fd, const struct\n"
              "  sockaddr *addr,\n"
              "  socklen_t len)\n"
              "  CLOSED to SYN_SENT; sends SYN; RFC 9293 3.10.1\n"
              "  Opens a connection, and waits until the other end has\n"
              "  answered its SYN.\n");
}

TEST(GlossaryTable, TheShippedOneFitsAndUsesTheRoom) {
    const auto glossary = lesson::load_glossary();
    ASSERT_TRUE(glossary) << glossary.error().line();
    std::size_t before = 0;
    for (const std::size_t columns :
         {std::size_t{60}, std::size_t{80}, std::size_t{100}, std::size_t{120}}) {
        const std::vector<std::string> lines = lines_of(glossary_table(*glossary, columns));
        for (const std::string& line : lines) {
            EXPECT_LE(view::columns(line), columns) << line;
            EXPECT_FALSE(line.ends_with(' ')) << line;
        }
        EXPECT_TRUE(before == 0 || lines.size() < before) << columns;
        before = lines.size();
    }
}

TEST(Columns, LinesBreakAtSpaces) {
    using Lines = std::vector<std::string>;
    EXPECT_EQ(wrapped_to_columns("one two three", 7), (Lines{"one two", "three"}));
    EXPECT_EQ(wrapped_to_columns("", 7), (Lines{""}));
    EXPECT_EQ(wrapped_to_columns("  a  b", 7), (Lines{"a  b"}));
    // What is longer than a line is cut.
    EXPECT_EQ(wrapped_to_columns("a abcdefghij k", 4), (Lines{"a", "abcd", "efgh", "ij k"}));
}

TEST(Columns, IdeographsTakeTwoColumnsAndBreakAnywhereButBeforeAClosingMark) {
    using Lines = std::vector<std::string>;
    EXPECT_EQ(view::columns("SYN 报文段"), 10U);
    EXPECT_EQ(view::columns("é – “x”"), 7U);
    EXPECT_EQ(wrapped_to_columns("发送报文段", 6), (Lines{"发送报", "文段"}));
    EXPECT_EQ(wrapped_to_columns("发送报，文段", 6), (Lines{"发送", "报，文", "段"}));
    EXPECT_EQ(wrapped_to_columns("发送 SYN 报文", 9), (Lines{"发送 SYN", "报文"}));
}

}  // namespace
}  // namespace tcpstep::cli
