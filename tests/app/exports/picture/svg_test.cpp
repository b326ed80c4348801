#include <sstream>

#include <gtest/gtest.h>

#include "app/exports/picture/ladder_page.hpp"
#include "app/exports/picture/svg_canvas.hpp"
#include "app/exports/writers.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::picture {
namespace {

TEST(Svg, TextFromOutsideBecomesCharacterData) {
    EXPECT_EQ(xml_text("a<b>&\"c\"'"), "a&lt;b&gt;&amp;&quot;c&quot;'");
    EXPECT_EQ(xml_text("客 µ"), "客 µ");
    EXPECT_EQ(xml_text("\x01|\xff|\xed\xa0\x80|\xef\xbf\xbf"), "\ufffd|\ufffd|\ufffd|\ufffd")
        << "a control, a stray byte, a surrogate, no character";
}

TEST(Svg, NumbersAreShort) {
    EXPECT_EQ(svg_number(12), "12");
    EXPECT_EQ(svg_number(0.5F), "0.5");
    EXPECT_EQ(svg_number(-0.001F), "0");
    EXPECT_EQ(svg_number(100), "100");
}

TEST(Svg, HasEveryTextOfTheLayout) {
    for (const model::Trace& trace : {testing::whole_run(), testing::whole_run(true),
                                      testing::held_handshake(), testing::busy_wire()}) {
        std::ostringstream out;
        ASSERT_TRUE(write_svg({trace}, out));
        const std::string svg = out.str();
        const model::Timeline timeline(trace, 0);
        const auto page = lay_out_page(timeline, {});
        ASSERT_TRUE(page);
        for (const view::ladder::LadderText& text : page->ladder.texts) {
            EXPECT_NE(svg.find(">" + xml_text(text.text) + "</text>"), std::string::npos)
                << text.text;
        }
        for (const PageText& text : page->texts) {
            EXPECT_NE(svg.find(">" + xml_text(text.text) + "</text>"), std::string::npos)
                << text.text;
        }
    }
}

TEST(Svg, TheThemesDifferInNothingButColours) {
    const model::Trace trace = testing::whole_run();
    const auto without_colours = [&](view::Theme theme) {
        Options options;
        options.theme = theme;
        std::ostringstream out;
        EXPECT_TRUE(write_svg({trace, options}, out));
        std::string svg = out.str();
        for (std::size_t at = svg.find('#'); at != std::string::npos; at = svg.find('#', at + 1))
            svg.replace(at + 1, 6, "......");
        return svg;
    };
    EXPECT_EQ(without_colours(view::Theme::Dark), without_colours(view::Theme::Light));
}

}  // namespace
}  // namespace tcpstep::exports::picture
