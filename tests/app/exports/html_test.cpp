#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/exports/html_film.hpp"
#include "app/exports/html_played.hpp"
#include "app/exports/writers.hpp"
#include "app/strings/in_language.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports {
namespace {

using nlohmann::json;

std::string page_of(const model::Trace& trace, const Options& options = {}) {
    std::ostringstream out;
    const auto written = write_html({trace, options}, out);
    EXPECT_TRUE(written) << written.error().line();
    return out.str();
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const std::size_t from = text.find(begin);
    EXPECT_NE(from, std::string::npos) << begin;
    const std::size_t to = text.find(end, from);
    EXPECT_NE(to, std::string::npos) << end;
    return text.substr(from + begin.size(), to - from - begin.size());
}

json data_of(const std::string& page) {
    return json::parse(between(page, "id=\"data\">", "</script>"));
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// The words of a film's frame, a line each.
std::string words_in(const json& data, const json& film, std::size_t frame) {
    std::string words;
    for (const json& layer : film["layers"]) {
        for (const json& shown : layer) {
            for (std::size_t i = 1; i < shown.size(); i += 2) {
                if (frame < shown[i] || frame > shown[i + 1]) continue;
                words += data["pieces"][shown[0].get<std::size_t>()].get<std::string>();
            }
        }
    }
    return words;
}

TEST(Film, KnowsAtWhichStepsAPieceIsShown) {
    PieceStore store;
    Film film(store, 2);
    film.show(0, 0, "<a/>");
    film.show(0, 1, "<b/>");
    film.show(1, 0, "<a/>");
    film.show(3, 0, "<a/>");
    film.show(3, 0, "<a/>");
    film.show(3, 1, "<a/>");
    EXPECT_EQ(film.json().dump(), "[[[0,0,1,3,3]],[[1,0,0],[0,3,3]]]");
    EXPECT_EQ(store.take().dump(), R"(["<a/>","<b/>"])") << "each is kept once";
}

TEST(Html, HasTheStatesOfEveryStep) {
    for (const model::Trace& trace : {testing::whole_run(), testing::whole_run(true),
                                      testing::held_handshake(), testing::busy_wire()}) {
        const model::Timeline timeline(trace, 0);
        const json data = data_of(page_of(trace));
        const auto what = played(timeline, {});
        ASSERT_TRUE(what);
        ASSERT_EQ(data["frames"].size(), what->frames());
        for (std::size_t frame = 0; frame < what->frames(); ++frame) {
            const std::size_t position = what->positions[frame];
            const model::Connection& now = timeline.at(position);
            const json& shown = data["frames"][frame];
            EXPECT_EQ(shown["position"], position);
            EXPECT_EQ(shown["states"][0], std::string(name(now.client.state())));
            EXPECT_EQ(shown["states"][1], std::string(name(now.server.state())));
        }
    }
}

TEST(Html, LightsInEachFigureTheStateOfTheStep) {
    const json data = data_of(page_of(testing::whole_run(true)));
    for (std::size_t frame = 0; frame < data["frames"].size(); ++frame) {
        for (const std::size_t end : {0U, 1U}) {
            const std::string state = data["frames"][frame]["states"][end];
            const std::string figure = words_in(data, data["figures"][end], frame);
            const bool lit =
                figure.find("\"node current\" data-state=\"" + state) != std::string::npos;
            EXPECT_EQ(lit, state != "UNKNOWN") << frame << " " << state;
        }
    }
}

TEST(Html, TheLadderGrowsFromFrameToFrame) {
    const json data = data_of(page_of(testing::held_handshake()));
    for (const char* width : {"wide", "narrow"}) {
        const json& film = data["languages"]["en"][width];
        const std::size_t last = data["frames"].size() - 1;
        EXPECT_EQ(words_in(data, film, 0).find(">SYN<"), std::string::npos) << width;
        EXPECT_NE(words_in(data, film, last).find(">SYN<"), std::string::npos) << width;
        EXPECT_EQ(film["now"].size(), last + 1);
    }
}

TEST(Html, SpeaksBothLanguagesWhateverTheProgramSpeaks) {
    const strings::InLanguage chinese(strings::Language::Chinese);
    const json data = data_of(page_of(testing::whole_run()));
    EXPECT_EQ(data["language"], "zh");
    EXPECT_EQ(data["languages"]["en"]["ui"]["client"], "CLIENT");
    EXPECT_EQ(data["languages"]["zh"]["ui"]["client"],
              std::string(text_in(strings::Language::Chinese, strings::Text::ClientTitle)));
    EXPECT_EQ(data["languages"]["en"]["frames"].size(), data["languages"]["zh"]["frames"].size());
    EXPECT_EQ(strings::language(), strings::Language::Chinese) << "it is set back";
}

TEST(Html, HasTheTraceInItOctetForOctet) {
    model::Trace trace = testing::whole_run();
    trace.title = "</script><!-- &lt;&amp; ]]> \\u003c";
    std::ostringstream qlog;
    ASSERT_TRUE(write_qlog({trace}, qlog));
    const std::string kept = between(page_of(trace), "id=\"trace\">", "</script>");
    EXPECT_EQ(replaced(replaced(kept, "&lt;", "<"), "&amp;", "&"), qlog.str());
}

TEST(Html, NothingOfATraceBecomesMarkup) {
    model::Trace trace = testing::whole_run();
    trace.title = trace.description = "</script><script>alert(1)</script><!--";
    const std::string page = page_of(trace);
    std::size_t scripts = 0;
    for (std::size_t at = page.find("<script"); at != std::string::npos;
         at = page.find("<script", at + 1))
        ++scripts;
    EXPECT_EQ(scripts, 3U) << "data, trace, player";
    EXPECT_EQ(page.find("<!--"), std::string::npos);
    EXPECT_EQ(page.find("{{"), std::string::npos) << "no mark is left";
    EXPECT_EQ(data_of(page)["title"], trace.title);
}

TEST(Html, RunsNoScriptButItsOwnAndAsksNoNetwork) {
    const std::string policy =
        between(page_of(testing::whole_run()), "Content-Security-Policy\" content=\"", "\"");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'sha256-")) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(policy.find("http"), std::string::npos);
}

TEST(Html, PlaysThePartThatIsAskedFor) {
    Options options;
    options.from_step = 3;
    options.to_step = 6;
    const json data = data_of(page_of(testing::whole_run(), options));
    EXPECT_EQ(data["first"], 2);
    EXPECT_EQ(data["frames"].size(), 5U) << "before the third, and four";
    EXPECT_EQ(data["languages"]["en"]["events"][0]["number"], 3);
    options.to_step = 10'000;
    std::ostringstream out;
    const auto refused = write_html({testing::whole_run(), options}, out);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("there are no such steps"), std::string::npos);
}

TEST(Html, RefusesMoreStepsThanAPageHolds) {
    testing::RunBuilder run;
    run.send(model::Role::Client, model::Flags::kSyn, 0, 0);
    for (std::uint32_t i = 0; i < 1'100; ++i)
        run.send(model::Role::Client, model::Flags::kPsh, 1 + i, 1, 1);
    std::ostringstream out;
    const auto refused = write_html({run.trace}, out);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("too many for one page"), std::string::npos)
        << refused.error().line();
    Options options;
    options.from_step = 1'050;
    EXPECT_TRUE(write_html({run.trace, options}, out));
}

}  // namespace
}  // namespace tcpstep::exports
