// The window in Chinese: it has the letters, and switches live.
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/lesson/glossary.hpp"
#include "app/lesson/library.hpp"
#include "app/ui/font/letters.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/view/columns.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui {
namespace {

using namespace session;
using testing::Headless;
using testing::InChinese;

constexpr Moment kNow{};

Session with_shipped_lessons() {
    session::Setup setup;
    const auto library = lesson::load_library();
    if (library) setup.lessons = library->lessons;
    if (auto glossary = lesson::load_glossary()) setup.glossary = *std::move(glossary);
    return Session(std::move(setup));
}

/// The characters of `text` for which a style of the fonts has no glyph, each once.
std::string without_glyph(const font::Fonts& fonts, const std::string& text) {
    std::string missing;
    for (view::TextStyle style : view::kTextStyles) {
        for (std::string_view rest = text; !rest.empty();) {
            const view::CodePoint next = view::first_code_point(rest);
            const std::string_view character = rest.substr(0, next.octets);
            rest.remove_prefix(next.octets);
            if (next.code < 0x2e80 || missing.find(character) != std::string::npos) continue;
            const auto glyph = static_cast<ImWchar>(next.code);
#if IMGUI_VERSION_NUM >= 19200
            const bool there = fonts.face(style).font->IsGlyphInFont(glyph);
#else
            const bool there = fonts.face(style).font->FindGlyphNoFallback(glyph) != nullptr;
#endif
            if (!there) missing += character;
        }
    }
    return missing;
}

TEST(ChineseScreen, HasALetterForAllThatIsShownInEveryStyle) {
    const InChinese chinese;
    const Session session = with_shipped_lessons();
    ASSERT_GT(session.lessons().size(), 5U);
    Headless ui;
    ui.frame(session);
    const std::string letters = font::letters_for(session);
    EXPECT_NE(letters.find("报文段"), std::string::npos) << "from the table";
    EXPECT_NE(letters.find("四次挥手"), std::string::npos) << "from a lesson";
    std::string told;
    for (const lesson::GlossaryEntry& entry : session.glossary()) told += entry.does.shown();
    for (const lesson::Lesson& lesson : session.lessons()) {
        for (const lesson::Passage& passage : lesson.story) told += passage.text.shown();
    }
    EXPECT_NE(told.find("套接字"), std::string::npos);
    EXPECT_EQ(without_glyph(ui.fonts(), told), "");
    EXPECT_EQ(without_glyph(ui.fonts(), letters), "");
}

TEST(ChineseScreen, InEnglishOnlyTheButtonNeedsChineseLetters) {
    Session session = with_shipped_lessons();
    Headless ui;
    ui.frame(session);
    EXPECT_EQ(without_glyph(ui.fonts(), "中文"), "");
    EXPECT_LT(font::letters_for(session).size(), 1000U);
    model::Trace trace = testing::whole_run();
    trace.title = "我的记录";
    session.open_recording(trace, "一.qlog");
    EXPECT_NE(font::letters_for(session).find("我的记录"), std::string::npos) << "it is named so";
}

#if IMGUI_VERSION_NUM < 19200
TEST(ChineseScreen, TheLettersFitIntoATextureThatEveryGraphicsCardHas) {
    const InChinese chinese;
    Session session = with_shipped_lessons();
    for (int i = 0; i < 10; ++i) session.apply(TextLarger{}, kNow);
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{3840.0F, 2160.0F}}) {
        Headless ui(w, h);
        ui.frame(session);
        EXPECT_LE(ImGui::GetIO().Fonts->TexWidth, 4096);
        EXPECT_LE(ImGui::GetIO().Fonts->TexHeight, 4096);
        EXPECT_GT(ui.fonts().em(), 25) << "large letters are drawn large";
    }
}
#endif

TEST(ChineseScreen, SwitchesLive) {
    Session session = with_shipped_lessons();
    Headless ui;
    ui.frame(session);
    EXPECT_EQ(strings::language(), strings::Language::English);
    session.apply(ToggleLanguage{}, kNow);
    EXPECT_EQ(strings::language(), strings::Language::Chinese);
    ASSERT_TRUE(session.toast());
    EXPECT_EQ(session.toast()->text, "中文");
    ui.frame(session);
    EXPECT_EQ(without_glyph(ui.fonts(), font::letters_for(session)), "");
    session.apply(ToggleLanguage{}, kNow);
    EXPECT_EQ(strings::language(), strings::Language::English);
    ui.frame(session);
}

TEST(ChineseScreen, EveryPositionOfEveryRunCanBePaintedInEverySize) {
    const InChinese chinese;
    for (const model::Trace& trace :
         {testing::whole_run(true), testing::busy_wire(), model::Trace()}) {
        Session session = with_shipped_lessons();
        session.open_recording(trace, "run.qlog");
        for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{640.0F, 360.0F}}) {
            Headless ui(w, h);
            for (std::size_t position = 0; position <= session.timeline().size(); position += 3) {
                session.apply(Seek{position}, kNow);
                EXPECT_TRUE(ui.frame(session).empty());
            }
            session.apply(ToggleHelp{}, kNow);
            ui.frame(session);
            session.apply(ToggleHelp{}, kNow);
        }
    }
}

TEST(ChineseScreen, EveryActionOnAHeldSegmentIsThereInSmallWindowsAndLargeLetters) {
    const InChinese chinese;
    const auto script = testing::scripted(testing::held_handshake());
    Session session(testing::setup_with(script));
    session.open_lesson("four-way-close");
    testing::arrive(session, *script, script->trace.events().size());
    struct Case {
        float w, h;
        unsigned percent;
    };
    for (const Case& c : {Case{1600, 900, 100}, Case{1280, 720, 100}, Case{1024, 768, 200}}) {
        while (session.look().text_percent < c.percent) session.apply(TextLarger{}, kNow);
        Headless ui(c.w, c.h);
        const window::Arrangement a = window::arrange(c.w, c.h, c.percent, 0);
        Commands found;
        for (float x = a.ladder.x; x < a.ladder.right(); x += 8) {
            for (const Command& wish :
                 ui.click(session, x, a.ladder.bottom() - 1.3F * a.ladder_em)) {
                if (found.empty() || found.back() != wish) found.push_back(wish);
            }
        }
        EXPECT_EQ(found.size(), 6U) << c.w << ", " << c.percent << " %";
    }
}

}  // namespace
}  // namespace tcpstep::ui
