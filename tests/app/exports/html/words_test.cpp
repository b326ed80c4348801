// What the page says of each frame.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/app/exports/html/made_page.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::html {
namespace {

TEST(Html, TellsTheStoryInBothLanguages) {
    const model::Trace trace = testing::whole_run();
    EXPECT_TRUE(data_of(page_of(trace))["languages"]["en"]["story"].empty());
    Options options;
    options.in_languages[strings::Language::English].story = {"It begins.", "It goes on."};
    options.in_languages[strings::Language::Chinese].story = {"开始。", "继续。"};
    options.in_languages.passage_ends = {8, std::nullopt};
    const json data = data_of(page_of(trace, options));
    EXPECT_EQ(data["languages"]["en"]["story"][1], "It goes on.");
    EXPECT_EQ(data["languages"]["zh"]["story"][1], "继续。");
    std::set<int> told;
    for (const json& frame : data["frames"]) {
        EXPECT_EQ(frame["passage"], frame["position"] < 8 ? 0 : 1) << frame;
        told.insert(frame["passage"].get<int>());
    }
    EXPECT_EQ(told.size(), 2U);
}

TEST(Html, DoesNotSayTwiceWhatTheNumbersDoNotChange) {
    const json words = data_of(page_of(testing::whole_run(true)))["languages"]["en"];
    EXPECT_FALSE(words["otherwise"].contains("kernel"));
    EXPECT_FALSE(words["otherwise"].contains("calls"));
    EXPECT_TRUE(words["otherwise"].contains("frames"));
}

TEST(Html, TellsWhatTheKernelSaysOfTimeWait) {
    model::Trace trace = testing::whole_run();
    model::Event sampled = trace.events().back();
    model::SocketSampled sample;
    sample.endpoint = model::Role::Client;
    sample.state = model::State::TimeWait;
    sample.timer = "timewait";
    sample.timer_ms = 59'000;
    sampled.connection = 0;
    sampled.fact = sample;
    trace.append(sampled);
    const json data = data_of(page_of(trace));
    for (const auto& [language, left] :
         std::vector<std::pair<std::string, std::string>>{{"en", "59 s left"}, {"zh", "59"}}) {
        const json& words = data["languages"][language];
        const json& frame = words["frames"].back();
        const json& kernel = words["kernel"][frame["kernel"][0].get<std::size_t>()];
        EXPECT_TRUE(kernel["agrees"]) << kernel;
        ASSERT_EQ(kernel["items"].size(), 2U) << kernel;
        EXPECT_EQ(kernel["items"][0][1], "TIME_WAIT") << kernel;
        EXPECT_NE(kernel["items"][1][1].get<std::string>().find(left), std::string::npos) << kernel;
    }
}

}  // namespace
}  // namespace tcpstep::exports::html
