#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/exports/html/film.hpp"
#include "app/exports/html/ladder_window.hpp"
#include "app/exports/html/played.hpp"
#include "app/exports/picture/letter_width.hpp"
#include "app/strings/in_language.hpp"
#include "model/qlog/reader.hpp"
#include "tests/app/exports/html/made_page.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::html {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// A piece as the page's script puts it together.
std::string piece_of(const json& data, std::size_t piece) {
    std::istringstream parts(data["pieces"][piece].get<std::string>());
    std::size_t alike = 0;
    parts >> alike;
    std::string svg;
    for (const char c : data["templates"][alike].get<std::string>()) {
        std::string number;
        if (c == PieceStore::kGap) {
            EXPECT_TRUE(parts >> number);
            svg += number;
        } else {
            svg += c;
        }
    }
    std::string more;
    EXPECT_FALSE(parts >> more) << more;
    return svg;
}

/// The words of a film's frame, a line each.
std::string words_in(const json& data, const json& film, std::size_t frame) {
    std::string words;
    for (const json& layer : film["layers"]) {
        for (const json& shown : layer) {
            for (std::size_t i = 3; i < shown.size(); i += 2) {
                if (frame < shown[i] || frame > shown[i + 1]) continue;
                words += piece_of(data, shown[0].get<std::size_t>());
            }
        }
    }
    return words;
}

TEST(Film, KnowsAtWhichStepsAPieceIsShown) {
    PieceStore store;
    Film film(store, 2);
    film.show(0, 0, {1, 2}, "<a/>");
    film.show(0, 1, {3.5F, 4.5F}, "<b/>");
    film.show(1, 0, {1, 2}, "<a/>");
    film.show(3, 0, {1, 2}, "<a/>");
    film.show(3, 0, {1, 2}, "<a/>");
    film.show(3, 1, {1, 2}, "<a/>");
    EXPECT_EQ(film.json(3).dump(), "[[[0,1,2,0,1,3,3]],[[1,3,5,0,0],[0,1,2,3,3]]]");
    EXPECT_EQ(store.take().dump(), R"(["0","1"])") << "each is kept once";
    EXPECT_EQ(store.take_templates().dump(), R"(["<a/>","<b/>"])");
}

TEST(Film, KeepsWhatIsAlikeInItsPiecesOnce) {
    PieceStore store;
    const std::vector<std::string> all = {
        R"svg(<a x1="1.50" y="-20" c="var(--c10)">seq 1 of 0x1f, 003</a>)svg",
        R"svg(<a x1="7" y="-3.25" c="var(--c10)">seq 42 of 0x1f, 5</a>)svg",
        R"svg(<a x1="7" y="-3.25" c="var(--c11)">seq 42 of 0x1f, 5</a>)svg",
        "",
        "12",
        "1.",
        "v1.2.3 .5 中1 1 000"};
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(store.index_of(all[i]), i);
    EXPECT_EQ(store.index_of(all[1]), 1U);
    const json data = {{"pieces", json(store.take())}, {"templates", json(store.take_templates())}};
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(piece_of(data, i), all[i]);
    EXPECT_EQ(data["pieces"][0], "0 1.50 20 1 0 003");
    EXPECT_EQ(data["pieces"][1], "0 7 3.25 42 0 5");
    EXPECT_EQ(data["templates"].size(), 6U) << data["templates"];
}

TEST(Film, WhatIsSettledStaysWithoutBeingShownAgain) {
    PieceStore store;
    Film film(store, 1);
    film.show(0, 0, {0, 10}, "<a/>");
    film.show(0, 0, {5, 20}, "<b/>");
    film.show(1, 0, {0, 10}, "<a/>");
    film.show(1, 0, {30, 40}, "<c/>");
    film.settle(1, 20);
    film.show(2, 0, {30, 40}, "<c/>");
    film.settle(2, 40);
    EXPECT_EQ(film.json(9).dump(), "[[[0,0,10,0,9],[1,5,20,0,0],[2,30,40,1,9]]]")
        << "what was not there any more does not come back";
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
    const std::string page = page_of(testing::whole_run());
    const json whole = whole_data_of(page);
    const json data = data_of(page);
    EXPECT_EQ(whole["language"], "zh");
    EXPECT_EQ(whole["ui"]["en"]["client"], "CLIENT");
    EXPECT_EQ(whole["ui"]["zh"]["client"],
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
    EXPECT_EQ(whole_data_of(page)["titles"]["en"], trace.title);
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

TEST(Html, HasTheTitleInBothLanguagesWhereBothAreKnown) {
    const model::Trace trace = testing::whole_run();
    json data = whole_data_of(page_of(trace));
    EXPECT_EQ(data["titles"]["zh"], data["titles"]["en"]) << "only the trace's own is known";
    Options options;
    options.in_languages[strings::Language::English] = {"The handshake", "Three segments.", {}};
    options.in_languages[strings::Language::Chinese] = {"握手", "三个报文段。", {}};
    const std::string page = page_of(trace, options);
    EXPECT_EQ(whole_data_of(page)["titles"]["en"], "The handshake");
    EXPECT_EQ(whole_data_of(page)["titles"]["zh"], "握手");
    data = data_of(page);
    EXPECT_EQ(data["languages"]["en"]["frames"][0]["told"]["sentence"], "Three segments.");
    EXPECT_EQ(data["languages"]["zh"]["frames"][0]["told"]["sentence"], "三个报文段。");
}

TEST(Html, TellsOfEachStateWhenItWasEnteredAndLeft) {
    const json data = data_of(page_of(testing::whole_run()));
    const json& client = data["languages"]["en"]["states"][0];
    const json& visit = client["SYN_SENT"]["visits"][0];
    const std::size_t entered = visit["entered"]["frame"];
    const std::size_t left = visit["left"]["frame"];
    EXPECT_EQ(data["frames"][entered]["states"][0], "SYN_SENT");
    EXPECT_NE(data["frames"][entered - 1]["states"][0], "SYN_SENT");
    EXPECT_NE(data["frames"][left]["states"][0], "SYN_SENT");
    EXPECT_EQ(data["frames"][left - 1]["states"][0], "SYN_SENT");
    EXPECT_TRUE(client["LISTEN"]["never"]);
}

TEST(Html, HasBothKindsOfNumbers) {
    const json data = data_of(page_of(testing::whole_run()));
    const json& words = data["languages"]["en"];
    EXPECT_NE(words["tips"], words["otherwise"]["tips"]);
    EXPECT_EQ(words["frames"].size(), words["otherwise"]["frames"].size());
    Options raw;
    raw.raw_numbers = true;
    const std::string page = page_of(testing::whole_run(), raw);
    EXPECT_TRUE(whole_data_of(page)["raw"]);
    EXPECT_EQ(data_of(page)["languages"]["en"]["tips"], words["otherwise"]["tips"]);
}

TEST(Html, HasTheLadderByEachAxisOfTime) {
    const json data = data_of(page_of(testing::whole_run()));
    for (const char* language : {"en", "zh"}) {
        const json& words = data["languages"][language];
        for (const json* look : {&words, &words["otherwise"]}) {
            ASSERT_EQ((*look)["axes"].size(), 2U);
            for (const char* axis : {"linear", "collapsed"}) {
                for (const char* width : {"wide", "narrow"}) {
                    const json& film = (*look)["axes"][axis][width];
                    EXPECT_NE(film, (*look)[width]);
                    EXPECT_EQ(film["now"].size(), data["frames"].size());
                    for (const json& words_at : film["layers"].back())
                        EXPECT_LE(words_at[2], film["size"][1]) << axis << ": cut off";
                    // Where time is in proportion, not each arrow has room for its words.
                    EXPECT_NE(
                        words_in(data, film, data["frames"].size() - 1).find("class=\"segment\""),
                        std::string::npos)
                        << axis << ' ' << width;
                }
            }
        }
    }
    Options linear;
    linear.axis = view::TimeAxis::Linear;
    const std::string page = page_of(testing::whole_run(), linear);
    EXPECT_EQ(whole_data_of(page)["axis"], "linear");
    const json begun = data_of(page);
    const json& words = begun["languages"]["en"];
    EXPECT_TRUE(words["axes"].contains("by-event"));
    EXPECT_EQ(words["wide"]["size"], data["languages"]["en"]["axes"]["linear"]["wide"]["size"]);
}

TEST(Html, HasAllConnectionsAndBeginsWithTheChosenOne) {
    testing::RunBuilder run;
    run.send(model::Role::Client, model::Flags::kSyn, 0, 0);
    model::Trace trace = std::move(run.trace);
    while (trace.connections().size() < 3) {
        model::ConnectionId id = trace.connections().front();
        id.client.port = static_cast<std::uint16_t>(id.client.port + trace.connections().size());
        trace.intern(id);
    }
    Options options;
    options.connection = static_cast<model::ConnectionIndex>(1);
    const json data = whole_data_of(page_of(trace, options));
    ASSERT_EQ(data["connections"].size(), 3U);
    EXPECT_EQ(data["playing"], 1);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(data["connections"][i]["number"], i + 1);
    EXPECT_FALSE(data["ui"]["en"].contains("others"));
    options.from_step = 1;
    options.connection = static_cast<model::ConnectionIndex>(0);
    const json part = whole_data_of(page_of(trace, options));
    EXPECT_EQ(part["connections"].size(), 1U) << "the steps are those of one";
    EXPECT_EQ(part["ui"]["en"]["others"],
              "1 of the trace's 3 connections are in this page; another one: tcpstep export "
              "--connection N");
    EXPECT_EQ(part["connections"][0]["languages"]["en"]["part"], "events 1 to 1 of 1");
}

model::Trace long_run(std::uint32_t segments) {
    testing::RunBuilder run;
    run.send(model::Role::Client, model::Flags::kSyn, 0, 0);
    for (std::uint32_t i = 0; i < segments; ++i)
        run.send(i % 3 == 1 ? model::Role::Server : model::Role::Client, model::Flags::kPsh, 1 + i,
                 1, 1);
    return std::move(run.trace);
}

/// Each of so many segments, one by one.
model::Trace capture_of(std::size_t connections, std::size_t segments) {
    const model::Trace run = long_run(static_cast<std::uint32_t>(segments - 1));
    model::Trace trace;
    model::SegmentId segment = 0;
    model::Time time;
    for (std::size_t i = 0; i < connections; ++i) {
        model::ConnectionId id = run.connections().front();
        id.client.port = static_cast<std::uint16_t>(20'000 + i);
        const model::ConnectionIndex index = trace.intern(id);
        for (const model::Event& event : run.events()) {
            const auto* sent = std::get_if<model::SegmentSent>(&event.fact);
            if (sent == nullptr) continue;
            model::SegmentSent copy = *sent;
            copy.segment.id = ++segment;
            time += std::chrono::milliseconds(1);
            trace.append({time, index, std::move(copy)});
        }
    }
    return trace;
}

TEST(Html, OfManyConnectionsItTellsWhatIsLeftOutAndHasNoMoreOfTheCapture) {
    const model::Trace trace = capture_of(35, 2);
    Options options;
    std::string told;
    options.left_out = [&](std::size_t has, std::size_t all) {
        told = fmt::format("{} of {}", has, all);
    };
    options.connection = static_cast<model::ConnectionIndex>(33);
    const std::string page = page_of(trace, options);
    const json data = whole_data_of(page);
    EXPECT_EQ(data["connections"].size(), 32U);
    EXPECT_EQ(data["connections"].back()["number"], 34);
    EXPECT_EQ(told, "32 of 35");
    EXPECT_EQ(data["ui"]["en"]["others"].get<std::string>().substr(0, 5), "32 of");
    const auto inside = model::qlog::read(
        replaced(replaced(between(page, "id=\"trace\">", "</script>"), "&lt;", "<"), "&amp;", "&"));
    ASSERT_TRUE(inside) << inside.error().line();
    EXPECT_TRUE(inside->faults.empty());
    ASSERT_EQ(inside->trace.connections().size(), 32U);
    EXPECT_EQ(inside->trace.connections().back().client.port, 20'033);
    EXPECT_EQ(inside->trace.events().size(), 64U);
    told.clear();
    options.connection.reset();
    page_of(capture_of(3, 2), options);
    EXPECT_EQ(told, "") << "nothing is left out";
}

TEST(Html, WhatMakesStepsLargeIsBoundedOverAllConnections) {
    const json data = whole_data_of(page_of(capture_of(3, 60)));
    ASSERT_EQ(data["connections"].size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(data["connections"][i]["languages"]["en"].contains("axes"), i < 2) << i;
}

TEST(Html, TellsWhatItDoesNotKnowWithTheStepBefore) {
    testing::RunBuilder run;
    run.fact(model::Unrecognized{"vendor:first", "{\"alpha\":\"<beta>\"}"});
    run.send(model::Role::Client, model::Flags::kSyn, 0, 0);
    run.fact(model::Unrecognized{"vendor:last", "7"}, true);
    const json data = data_of(page_of(run.trace));
    const json events = data["languages"]["en"]["events"];
    ASSERT_EQ(events.size(), 1U);
    ASSERT_TRUE(events[0].contains("notes"));
    EXPECT_EQ(events[0]["notes"],
              (json{"An event this version does not know: vendor:first.  {\"alpha\":\"<beta>\"}",
                    "An event this version does not know: vendor:last.  7"}));
}

/// Everything of a ladder, in whatever order, with its places to a tenth.
std::multiset<std::string> things_in(const view::ladder::Ladder& ladder, float below) {
    std::multiset<std::string> all;
    const auto add = [&](float bottom, auto... values) {
        if (bottom <= below) return;
        std::string one;
        ((one += fmt::format("{} ", values)), ...);
        all.insert(one);
    };
    const auto tenth = [](float y) { return std::lround(10 * y); };
    for (const auto& span : ladder.lifelines)
        add(span.bottom, name(span.state), tenth(std::max(span.top, 0.0F)), tenth(span.bottom));
    for (const auto& bar : ladder.bars) add(bar.bottom, bar.call, tenth(bar.top), bar.open);
    for (const auto& arrow : ladder.arrows) {
        add(std::max(arrow.from.y, arrow.to.y) + 14, arrow.segment, tenth(arrow.from.y),
            tenth(arrow.to.y), tenth(arrow.grown), arrow.again);
    }
    for (const auto& text : ladder.texts)
        add(text.box.bottom(), text.text, tenth(text.box.x), tenth(text.box.y));
    return all;
}

TEST(Html, TellsSegmentsByNumbersThatCountNoAbsorbedCopy) {
    const json words = data_of(page_of(testing::busy_wire()))["languages"]["en"];
    const json& segments = words["segments"];
    EXPECT_EQ(segments["5"]["title"], "SEGMENT 3 · SYN, ACK · server → client");
    EXPECT_EQ(segments["3"]["title"], "SEGMENT 1b · SYN · client → server");
    EXPECT_EQ(segments["8"]["previous"], "5");
    EXPECT_EQ(words["tips"]["6"].get<std::string>().find("Segment 4 · "), 0U) << words["tips"];
    // The player puts the number into words that many segments have alike.
    bool put = false;
    for (const json& value : words["values"]) put = put || value.back() == "as in segment #";
    EXPECT_TRUE(put) << words["values"];
}

TEST(LadderWindow, ShowsWhatTheWholeLadderShows) {
    for (const model::Trace& trace : {testing::whole_run(true), testing::busy_wire(),
                                      testing::held_handshake(), long_run(120)}) {
        const model::Timeline timeline(trace, 0);
        for (const view::TimeAxis axis :
             {view::TimeAxis::ByEvent, view::TimeAxis::Linear, view::TimeAxis::Collapsed}) {
            const auto what = played(timeline, {});
            ASSERT_TRUE(what);
            view::ladder::LadderInput input{what->timeline, what->index, what->rows};
            input.axis = axis;
            input.times = &what->times;
            input.width = 700;
            input.height = 20'000;
            input.most_events = timeline.size() + 1;
            input.measure = picture::letter_measure(input.em);
            LadderWindow window(*what, input);
            float line = 0;
            for (std::size_t frame = 0; frame < what->frames(); ++frame) {
                const view::ladder::Ladder ladder = window.lay_out(frame);
                EXPECT_GE(window.line(), line);
                line = window.line();
                input.position = what->positions[frame];
                const auto whole = things_in(view::ladder::lay_out_ladder(input), line);
                EXPECT_EQ(things_in(ladder, line), whole)
                    << "axis " << static_cast<int>(axis) << " frame " << frame << " below " << line;
                if (HasFailure()) return;
            }
        }
    }
}

TEST(LadderWindow, LaysOutNoMoreOfALongLadderThanOfAShortOne) {
    const model::Trace trace = long_run(600);
    const model::Timeline timeline(trace, 0);
    const auto what = played(timeline, {});
    ASSERT_TRUE(what);
    view::ladder::LadderInput input{what->timeline, what->index, what->rows};
    input.width = 700;
    input.height = 60'000;
    input.most_events = timeline.size() + 1;
    input.measure = picture::letter_measure(input.em);
    LadderWindow window(*what, input);
    for (std::size_t frame = 0; frame < what->frames(); ++frame)
        EXPECT_LT(window.lay_out(frame).arrows.size(), 30U) << "frame " << frame;
}

TEST(Html, RefusesMoreStepsThanAPageHolds) {
    const model::Trace trace = long_run(kMostSteps);
    std::ostringstream out;
    const auto refused = write_html({trace}, out);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("too many for one page, which holds 3000"),
              std::string::npos)
        << refused.error().line();
    Options options;
    options.from_step = 2'950;
    EXPECT_TRUE(write_html({trace, options}, out));
    options.axis = view::TimeAxis::Linear;
    EXPECT_TRUE(write_html({trace, options}, out));
    options.from_step = 1;
    const auto in_time = write_html({trace, options}, out);
    ASSERT_FALSE(in_time);
    EXPECT_NE(in_time.error().line().find("with an axis of time, which holds 300"),
              std::string::npos)
        << in_time.error().line();
}

}  // namespace
}  // namespace tcpstep::exports::html
