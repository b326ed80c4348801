// What stands in columns stands in columns in Chinese too, whose characters take two.
#include <array>
#include <sstream>

#include <gtest/gtest.h>

#include "app/view/columns.hpp"
#include "app/view/marker_text.hpp"
#include "app/view/terminal/text_ladder.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

std::string ladder(const model::Trace& trace) {
    return terminal::text_ladder(model::Timeline(trace, model::ConnectionIndex{0}));
}

/// The columns of the lifelines in each row that has them.
std::vector<std::pair<std::size_t, std::size_t>> lifelines(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t left = line.find('|');
        const std::size_t right = line.rfind('|');
        if (left == std::string::npos || left == right) continue;
        found.emplace_back(columns(line.substr(0, left)), columns(line.substr(0, right)));
    }
    return found;
}

TEST(ChineseTerminal, TheLifelinesAreStraight) {
    const testing::InChinese chinese;
    for (const model::Trace& trace :
         {testing::whole_run(), testing::impatient_handshake(), testing::busy_wire()}) {
        const std::string text = ladder(trace);
        const auto places = lifelines(text);
        ASSERT_FALSE(places.empty());
        for (const auto& place : places) {
            EXPECT_EQ(place, (std::pair<std::size_t, std::size_t>{34, 53})) << text;
        }
    }
}

TEST(ChineseTerminal, TheHeadingStandsAboveItsColumns) {
    const testing::InChinese chinese;
    std::istringstream lines(ladder(testing::whole_run()));
    std::string ends;
    std::string roles;
    std::string heads;
    std::string first;
    std::getline(lines, ends);
    std::getline(lines, roles);
    std::getline(lines, heads);
    const auto at = [](const std::string& line, const char* words) {
        return columns(line.substr(0, line.find(words)));
    };
    EXPECT_TRUE(ends.starts_with("客户端 127.0.0.1:")) << ends;
    EXPECT_EQ(at(roles, "客户端"), 8U);
    EXPECT_EQ(at(heads, "状态"), 8U);
    EXPECT_EQ(at(heads, "调用"), 20U);
    EXPECT_EQ(columns(heads.substr(0, heads.rfind("调用"))), 55U) << heads;
    EXPECT_EQ(columns(heads.substr(0, heads.rfind("状态"))), 69U) << heads;
}

TEST(ChineseTerminal, WhatIsSentAgainSaysSo) {
    const testing::InChinese chinese;
    const std::string text = ladder(testing::impatient_handshake());
    EXPECT_NE(text.find("|   S 重传 2 次    |"), std::string::npos) << text;
}

TEST(MarkerText, NotesThatEveryRunHasAreInTheLanguageOfTheProgram) {
    const model::Marker over{"lesson_finished", "The lesson is over."};
    const model::Marker pause{"pause", "server waits 200 ms before close()"};
    EXPECT_EQ(marker_text(over, {}), over.message);
    const model::Marker child{"pause", "server's child 4711 waits 50 ms before proc_net_tcp()"};
    EXPECT_EQ(marker_text(pause, {}), pause.message);
    EXPECT_EQ(marker_text(child, {}),
              "server's child 4711 waits 50 ms before it reads /proc/net/tcp");
    const testing::InChinese chinese;
    EXPECT_EQ(marker_text(over, {}), "课程结束。");
    EXPECT_EQ(marker_text(pause, {}), "服务器等待 200 ms 再调用 close()");
    EXPECT_EQ(marker_text(child, {}), "服务器的子进程（4711）等待 50 ms 再读取 /proc/net/tcp");
}

TEST(MarkerText, SoAreThoseOfTheGate) {
    const std::array<std::array<const char*, 3>, 6> notes = {{
        {"gate", "segment 1 did not stop at the gate", "报文段 1 没有停在闸门处"},
        {"gate", "the gate could not take in 3 segments; they are lost",
         "闸门未能接收 3 个报文段，它们丢失了"},
        {"gate", "a segment from 127.0.0.1:8000 stopped that was not captured; it was let go",
         "来自 127.0.0.1:8000 的一个报文段停在闸门处，却没有被捕获；已放行"},
        {"gate", "a packet stopped that is no TCP segment; it was let go",
         "停在闸门处的一个数据包不是 TCP 报文段；已放行"},
        {"note", "the client is in CLOSED, where no RST is accepted",
         "客户端处于 CLOSED，在此状态不接受 RST"},
        {"late", "the next event happened 12 us earlier", "下一个事件其实早发生 12 µs"},
    }};
    for (const auto& [type, message, chinese] : notes) {
        const model::Marker note{type, message};
        if (note.type != "late") {
            EXPECT_EQ(marker_text(note, {}), message);
        }
        const testing::InChinese in_chinese;
        EXPECT_EQ(marker_text(note, {}), chinese);
    }
    EXPECT_EQ(marker_text({"gate", "segment 1 did not stop"}, {}), "segment 1 did not stop");
}

TEST(MarkerText, OthersAreToldAsTheyStand) {
    const testing::InChinese chinese;
    EXPECT_EQ(marker_text({"note", "so it is\n"}, {}), "so it is\\n");
    for (const char* message :
         {"server waits", "nobody waits 1 ms before close()", "",
          "server waits 200 ms before close() or not",
          "server's child x waits 200 ms before close()",
          "server's child  waits 200 ms before close()", "server waits -200 ms before close()"}) {
        EXPECT_EQ(marker_text({"pause", message}, {}), message);
    }
}

}  // namespace
}  // namespace tcpstep::view
