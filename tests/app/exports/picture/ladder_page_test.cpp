#include "app/exports/picture/ladder_page.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::picture {
namespace {

using view::Rect;

Page page_of(const model::Trace& trace, const Options& options = {}) {
    const model::Timeline timeline(trace, 0);
    auto page = lay_out_page(timeline, options);
    if (!page) throw std::runtime_error(page.error().line());
    return std::move(*page);
}

bool says(const Page& page, std::string_view words) {
    return std::any_of(page.texts.begin(), page.texts.end(),
                       [&](const PageText& text) { return text.text == words; }) ||
           std::any_of(page.ladder.texts.begin(), page.ladder.texts.end(),
                       [&](const view::ladder::LadderText& text) { return text.text == words; });
}

// All texts, where they stand on the page.
std::vector<std::pair<Rect, std::string>> texts_of(const Page& page) {
    std::vector<std::pair<Rect, std::string>> texts;
    for (const PageText& text : page.texts) texts.emplace_back(text.box, text.text);
    for (const view::ladder::LadderText& text : page.ladder.texts) {
        const Rect& box = text.box;
        texts.push_back({{box.x + page.area.x, box.y + page.area.y, box.w, box.h}, text.text});
    }
    return texts;
}

TEST(LadderPage, NoTextLiesOverAnotherOrLeavesThePage) {
    for (const strings::Language language :
         {strings::Language::English, strings::Language::Chinese}) {
        strings::set_language(language);
        for (const model::Trace& trace :
             {testing::whole_run(), testing::whole_run(true), testing::held_handshake(),
              testing::impatient_handshake(), testing::busy_wire()}) {
            for (const view::TimeAxis axis :
                 {view::TimeAxis::ByEvent, view::TimeAxis::Linear, view::TimeAxis::Collapsed}) {
                Options options;
                options.axis = axis;
                const Page page = page_of(trace, options);
                const auto texts = texts_of(page);
                for (std::size_t i = 0; i < texts.size(); ++i) {
                    const auto& [box, words] = texts[i];
                    EXPECT_TRUE(box.x >= 0 && box.right() <= page.width && box.y >= 0 &&
                                box.bottom() <= page.height)
                        << words;
                    for (std::size_t k = 0; k < i; ++k) {
                        EXPECT_FALSE(view::overlap(box, texts[k].first))
                            << words << " over " << texts[k].second;
                    }
                }
            }
        }
    }
    strings::set_language(strings::Language::English);
}

TEST(LadderPage, HasBothEndsTheStatesTheCallsAndTheSegments) {
    const Page page = page_of(testing::whole_run());
    for (const char* words : {"client", "server", "127.0.0.1:8000", "SYN", "SYN, ACK",
                              "ESTABLISHED", "CLOSE_WAIT", "TIME_WAIT", "connect() = 0"}) {
        EXPECT_TRUE(says(page, words)) << words;
    }
    EXPECT_NE(page.description.find("client: CLOSED SYN_SENT ESTABLISHED"), std::string::npos)
        << page.description;
    ASSERT_FALSE(page.tips.empty());
    EXPECT_TRUE(page.tips.front().text.starts_with("Segment 1 · client → server · +"))
        << page.tips.front().text;
}

TEST(LadderPage, ARangeHasItsStepsOnly) {
    const model::Trace trace = testing::whole_run();
    const Page all = page_of(trace);
    Options options;
    options.from_step = 8;
    options.to_step = 12;
    const Page part = page_of(trace, options);
    EXPECT_LT(part.area.h, all.area.h);
    EXPECT_LT(part.ladder.texts.size(), all.ladder.texts.size());
    EXPECT_FALSE(says(part, "TIME_WAIT"));
    EXPECT_FALSE(part.ladder.now) << "an excerpt has no now, and foretells nothing";
    EXPECT_TRUE(part.ladder.now_line.empty());
    options.from_step.reset();
    EXPECT_TRUE(page_of(trace, options).ladder.now) << "one that stops, as the screen does, has";
    for (const view::ladder::LadderText& text : part.ladder.texts) {
        EXPECT_GE(text.box.y, 0) << text.text;
        EXPECT_LE(text.box.bottom(), part.area.h) << text.text;
    }
}

TEST(LadderPage, ARangeNamesTheStatesInWhichItBegins) {
    const model::Trace trace = testing::whole_run();
    const auto pills = [](const Page& page) {
        std::vector<std::string> states;
        for (const PageText& text : page.texts) {
            if (!text.pill) continue;
            states.push_back(text.text);
            EXPECT_LE(text.box.bottom(), page.area.y) << "above the ladder";
            const float x = states.size() == 1 ? page.ladder.client_x : page.ladder.server_x;
            EXPECT_NEAR(text.box.centre().x, page.area.x + x, 0.01F) << "on its lifeline";
        }
        return states;
    };
    EXPECT_TRUE(pills(page_of(trace)).empty()) << "what begins at the start has no states before";
    Options options;
    options.from_step = 1;
    EXPECT_TRUE(pills(page_of(trace, options)).empty());
    const model::Timeline timeline(trace, 0);
    view::TimelineIndex index;
    index.catch_up(timeline);
    for (std::size_t step = 2; step <= index.steps().size(); ++step) {
        options.from_step = step;
        const model::Connection& before = timeline.at(index.steps()[step - 1]);
        EXPECT_EQ(pills(page_of(trace, options)),
                  (std::vector<std::string>{std::string(name(before.client.state())),
                                            std::string(name(before.server.state()))}));
    }
}

TEST(LadderPage, EveryAxisShowsTheEndOfTheRun) {
    const model::Trace trace = testing::whole_run();
    for (const std::optional<std::size_t> from : {std::optional<std::size_t>(), {20}}) {
        for (const view::TimeAxis axis :
             {view::TimeAxis::ByEvent, view::TimeAxis::Linear, view::TimeAxis::Collapsed}) {
            Options options;
            options.axis = axis;
            options.from_step = from;
            const Page page = page_of(trace, options);
            EXPECT_TRUE(says(page, "TIME_WAIT"));
            float lowest = 0;
            for (const view::ladder::Arrow& arrow : page.ladder.arrows)
                lowest = std::max({lowest, arrow.from.y, arrow.to.y});
            EXPECT_LT(lowest, page.area.h) << "the last segment is on the page";
            EXPECT_GT(lowest, page.area.h / 2) << "and not far above its end";
        }
    }
}

TEST(LadderPage, StepsThatAreNotThereAreRefused) {
    const model::Trace trace = testing::whole_run();
    const model::Timeline timeline(trace, 0);
    for (const auto& [from, to] : std::vector<std::pair<std::size_t, std::size_t>>{
             {5, 4}, {1, 1000}, {1000, 1001}, {0, 3}}) {
        Options options;
        options.from_step = from;
        options.to_step = to;
        const auto page = lay_out_page(timeline, options);
        ASSERT_FALSE(page) << from << " to " << to;
        EXPECT_NE(page.error().what.find("there are no such steps"), std::string::npos);
    }
}

}  // namespace
}  // namespace tcpstep::exports::picture
