#include "app/lesson/story.hpp"

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

using namespace model;
using claim::OfCall;
using nlohmann::json;

TEST(Story, APassageIsToldUntilItsMomentHasCome) {
    const std::vector<Passage> story = {{{"before", ""}, OfCall{Role::Client, 1, false}},
                                        {{"meanwhile", ""}, OfCall{Role::Client, 1, true}},
                                        {{"after", ""}, {}}};
    Trace trace;
    const auto told = [&](std::size_t events) {
        return passage_at(story, passage_ends(story, trace), events)->text.en;
    };
    EXPECT_EQ(told(0), "before");
    trace.append({Time(), std::nullopt, Scenario{}});
    EXPECT_EQ(told(1), "before");
    trace.append({Time(), std::nullopt, CallEntered{1, Role::Client, "connect", {}}});
    EXPECT_EQ(told(2), "meanwhile");
    trace.append({Time(), std::nullopt, CallReturned{1, Role::Client, "connect", 0, ""}});
    EXPECT_EQ(told(3), "after");
    EXPECT_EQ(told(2), "meanwhile") << "one looks back";
    EXPECT_EQ(passage_at({}, {}, 0), nullptr);
}

TEST(Story, IsReadFromALesson) {
    json lesson = good_lesson();
    lesson["story"] = json::parse(R"([
        {"until": {"actor": "client", "step": "connect", "has": "returned"}, "text": {"en": "E", "zh": "中"}},
        {"text": {"en": "End"}}])");
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    ASSERT_EQ(parsed->story.size(), 2U);
    EXPECT_EQ(parsed->story[0].until, claim::Moment(OfCall{Role::Client, 2, true}));
    EXPECT_EQ(parsed->story[0].text, (LocalText{"E", "\xe4\xb8\xad"}));
    EXPECT_FALSE(parsed->story[1].until);
    const json absent;
    const Broken changes[] = {
        {"/story/0/until", absent, "/story/0: \"until\" is missing: only the last lasts"},
        {"/story/0/until/step", "nothing", "/story/0/until/step: the client has no step"},
        {"/story/1/text", absent, "/story/1: \"text\" is missing"},
        {"/story/1/says", "x", "/story/1/says: unknown field"}};
    expect_refused(lesson, changes);
}

}  // namespace
}  // namespace tcpstep::lesson
