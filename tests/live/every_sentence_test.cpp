// Every lesson is run, and every event of its trace is told: a sentence and a rule in both
// languages, with no placeholder left in it.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/lesson/library.hpp"
#include "app/view/event_more.hpp"
#include "app/view/event_sentence.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

class ToldLesson : public ::testing::TestWithParam<std::string> {};

std::vector<std::string> lesson_ids() {
    const auto library = lesson::load_library();
    std::vector<std::string> ids;
    if (!library) return ids;
    for (const lesson::Lesson& lesson : library->lessons) ids.push_back(lesson.id);
    return ids;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& id) {
    std::string name = id.param;
    std::erase(name, '-');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Lesson, ToldLesson, ::testing::ValuesIn(lesson_ids()), test_name);

void expect_words(const std::string& words, const std::string& place) {
    EXPECT_FALSE(words.empty()) << place;
    EXPECT_EQ(words.find_first_of("{}"), std::string::npos) << place << ": " << words;
}

void expect_told(const model::Timeline& timeline, const std::string& lesson) {
    view::TimelineIndex index;
    index.catch_up(timeline);
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const std::string place = lesson + ", event " + std::to_string(i);
        const view::Happening happening = view::tell_event(timeline, index, i, false);
        expect_words(happening.sentence, place);
        for (const auto& change : happening.changes) expect_words(change.text, place);
        const auto more = view::tell_more(timeline, index, i, false);
        EXPECT_FALSE(more.empty()) << place << ": " << happening.sentence;
        for (const view::MoreLine& line : more) {
            expect_words(line.label, place);
            expect_words(line.text, place);
        }
    }
}

TEST_P(ToldLesson, EveryEventHasASentenceAndARuleInBothLanguages) {
    const testing::Performance run(testing::shipped(GetParam()));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    ASSERT_FALSE(run.trace.events().empty());
    const std::size_t connections = run.trace.connections().size();
    for (std::size_t c = 0; c < std::max<std::size_t>(connections, 1); ++c) {
        const model::Timeline timeline = run.timeline(static_cast<model::ConnectionIndex>(c));
        expect_told(timeline, GetParam());
        const tcpstep::testing::InChinese chinese;
        expect_told(timeline, GetParam() + " in Chinese");
    }
}

}  // namespace
}  // namespace tcpstep::lab
