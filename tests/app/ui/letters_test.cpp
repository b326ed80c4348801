// How large letters are, whatever the window and the text: never too small to be read, never
// smaller where larger text is asked for, and what has no room scrolls.
#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/ui/painter.hpp"
#include "app/ui/panel/diagram_panel.hpp"
#include "app/ui/panel/end_layout.hpp"
#include "app/ui/panel/help_panel.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/view/diagram/diagram_layout.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui {
namespace {

using namespace session;
using testing::Headless;
using view::TextStyle;

constexpr Moment kNow{};
constexpr std::array kSizes = {std::pair{640.0F, 480.0F}, std::pair{1280.0F, 720.0F},
                               std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F}};
constexpr std::array kPercents = {75U, 100U, 125U, 150U, 175U, 200U, 250U, 300U};

Session recording(unsigned percent = 100) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, kNow);
    while (session.look().text_percent < percent) session.apply(TextLarger{}, kNow);
    return session;
}

TEST(Letters, AreOfWholePixelsAndNeverTooSmall) {
    EXPECT_EQ(font::drawn_size(3), font::kLeastLetters);
    EXPECT_EQ(font::drawn_size(10.6F), 11);
    EXPECT_EQ(font::drawn_size(31.5F), 31.5F);
    Headless ui(640, 480);
    const Session session = recording();
    ui.frame(session);
    ImDrawList list(ImGui::GetDrawListSharedData());
    const Painter p(list, ui.fonts(), view::Theme::Dark, 13);
    for (const TextStyle style : view::kTextStyles) {
        for (const float em : {4.0F, 7.0F, 9.5F, 11.2F, 13.0F}) {
            for (const float squeeze : {1.0F, 0.93F, 0.8F, 0.5F}) {
                const float size = p.sized(em).letters(style, squeeze);
                EXPECT_GE(size, font::kLeastLetters);
                EXPECT_EQ(size, std::round(size)) << em << ", " << squeeze;
            }
        }
    }
}

#if IMGUI_VERSION_NUM < 19200
// A letter drawn smaller than it was made loses thin strokes: "TIMF_WAIT".
TEST(Letters, AreMadeForTheSizeInWhichTheyAreDrawn) {
    for (const float em : {13.0F, 19.0F, 36.0F, 72.0F}) {
        font::Fonts fonts{font::find_font_files()};
        ImFontAtlas atlas;
        fonts.load(atlas, em, "");
        for (const TextStyle style : view::kTextStyles) {
            for (float size = font::kLeastLetters; size <= fonts.face(style).size; size += 0.5F) {
                const float drawn = font::drawn_size(size);
                const float made = fonts.font_at(style, drawn, "TIME_WAIT → ×")->FontSize;
                EXPECT_GE(made, drawn - 0.5F);
                EXPECT_LE(made, (drawn < 20 ? 1.0F : 1.16F) * drawn + 0.5F)
                    << drawn << " of " << em;
            }
        }
    }
}
#endif

// What else grows leaves the figure a little less room: that may cost it a tenth, not more.
TEST(Letters, OfTheFigureHardlyShrinkWhenTheTextGrows) {
    for (const auto& [w, h] : kSizes) {
        float names = 0;
        float words = 0;
        for (const unsigned percent : kPercents) {
            Headless ui(w, h);
            const Session session = recording(percent);
            ui.frame(session);
            ImDrawList list(ImGui::GetDrawListSharedData());
            const window::Arrangement a = window::arrange(w, h, percent, 0);
            const Painter p = Painter(list, ui.fonts(), view::Theme::Dark, a.em).sized(a.side_em);
            view::Rect panel = a.client;
            if (!panel::is_narrow(panel, a.side_em))
                panel.h = std::max(panel.h, panel::least_height(panel, a.side_em));
            const view::Rect area = panel::figure_in(panel, a.side_em);
            const view::diagram::Diagram figure = view::diagram::lay_out_diagram(
                session.index().changes(model::Role::Client), session.position(), {}, area,
                view::diagram::node_height_for(area, a.side_em, p.measure()));
            const float squeeze = view::diagram::fit_names(figure, a.side_em, p.measure()).squeeze;
            const float name = p.letters(TextStyle::Strong, squeeze);
            const float word =
                p.sized(panel::figure_words(area, a.side_em)).letters(TextStyle::Label);
            EXPECT_GE(name, 0.9F * names) << w << ", " << percent << " %";
            EXPECT_GE(word, 0.9F * words) << w << ", " << percent << " %";
            if (percent < 100) continue;
            EXPECT_GE(p.height(TextStyle::Strong) * squeeze, font::kLeastLetters - 0.5F)
                << "not drawn larger than there is room: " << w << ", " << percent << " %";
            names = name;
            words = word;
        }
    }
}

TEST(Letters, OfTheHelpAreOfTheSizeThatWasAskedForOrNearlySo) {
    const std::vector<KeyHelp> lines = key_help();
    for (const auto& [w, h] : kSizes) {
        float last = 0;
        for (const unsigned percent : kPercents) {
            Headless ui(w, h);
            const Session session = recording(percent);
            ui.frame(session);
            ImDrawList list(ImGui::GetDrawListSharedData());
            const float em = window::arrange(w, h, percent, 0).em;
            const Painter p(list, ui.fonts(), view::Theme::Dark, em);
            const panel::HelpLayout help = panel::help_layout(p, {0, 0, w, h}, lines);
            EXPECT_GE(help.em, 0.79F * em) << w << ", " << percent << " %";
            EXPECT_GE(help.em, last);
            last = help.em;
            EXPECT_GE(help.card.x, 0);
            EXPECT_LE(help.card.right(), w + 0.5F) << w << ", " << percent << " %";
            EXPECT_GE(help.card.y, 0);
            EXPECT_LE(help.card.bottom(), h + 0.5F);
            EXPECT_GT(help.rows.h, 3 * help.em);
            ASSERT_EQ(help.places.size(), lines.size());
            for (const view::Rect& place : help.places) {
                EXPECT_LE(place.right(), help.rows.w + 0.5F);
                EXPECT_LE(place.bottom(), help.content + 0.5F);
            }
        }
    }
}

TEST(Help, ScrollsByKeysWhereNotAllIsInSight) {
    Session session = recording(200);
    session.apply(ToggleHelp{}, kNow);
    Headless ui(640, 480);
    ui.frame(session);
    ASSERT_GT(ui.state.help_most, 0);
    EXPECT_TRUE(panel::scroll_help(MoveInList{1}, session, ui.state));
    EXPECT_GT(ui.state.help_scroll, 0);
    EXPECT_TRUE(panel::scroll_help(GoEnd{}, session, ui.state));
    EXPECT_EQ(ui.state.help_scroll, ui.state.help_most);
    // Its last line does what it says, there.
    Commands wishes;
    for (float y = 460; y > 200 && wishes.size() < 2; y -= 6) wishes = ui.click(session, 60, y);
    ASSERT_EQ(wishes.size(), 2U);
    EXPECT_EQ(wishes.back(), key_help().back().commands.front());
    EXPECT_FALSE(panel::scroll_help(DropHeld{}, session, ui.state));
}

TEST(Help, IsAllInSightInTheDefaultWindow) {
    Session session = recording();
    session.apply(ToggleHelp{}, kNow);
    Headless ui;
    ui.frame(session);
    EXPECT_FALSE(panel::scroll_help(MoveInList{1}, session, ui.state));
}

// Together with an inspector the list has few rows, not small ones.
TEST(Letters, OfTheEventsStayAsLargeBesideAnInspector) {
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{2560.0F, 1440.0F}}) {
        const window::Arrangement a =
            window::arrange(w, h, 100, 0, {.inspector = true, .events = true});
        EXPECT_GE(a.events_em, 0.99F * window::body_text(w, h, 100));
        const window::Arrangement empty =
            window::arrange(w, h, 100, 0, {.inspector = true, .events = true, .nothing = true});
        EXPECT_GT(empty.events.h, 1.4F * a.events.h) << "nothing to inspect: the list has the room";
    }
}

TEST(Letters, OfTheInspectorGrowWithTheText) {
    for (const auto& [w, h] : kSizes) {
        float last = 0;
        for (const unsigned percent : kPercents) {
            const window::Arrangement a = window::arrange(w, h, percent, 0, {.inspector = true});
            EXPECT_GE(a.bytes_em, 0.98F * last) << w << ", " << percent << " %";
            last = a.bytes_em;
            if (percent > 200) continue;
            EXPECT_GE(a.bytes_em, 0.76F * window::body_text(w, h, percent))
                << w << ", " << percent << " %";
        }
    }
}

}  // namespace
}  // namespace tcpstep::ui
