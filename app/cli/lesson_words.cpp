#include "app/cli/lesson_words.hpp"

#include <variant>
#include <vector>

#include "app/lesson/library.hpp"
#include "app/lesson/script_left.hpp"

namespace tcpstep::cli {

namespace {

using strings::Language;

// Whoever wrote a text of their own into the trace keeps it.
bool is_one_of(const std::string& text, const lesson::LocalText& both) {
    return !both.zh.empty() && (text == both.en || text == both.zh);
}

void add_passage(const lesson::Passage& passage, exports::InLanguages& words) {
    const lesson::LocalText& text = passage.text;
    words[Language::English].story.push_back(text.en);
    words[Language::Chinese].story.push_back(text.zh.empty() ? text.en : text.zh);
}

void add_story(const lesson::Lesson& lesson, const model::Trace& trace,
               exports::InLanguages& words) {
    for (const lesson::Passage& passage : lesson.story) add_passage(passage, words);
    const lesson::Telling telling = lesson::telling_of(lesson, trace);
    words.passage_ends = telling.ends;
    if (!telling.left || telling.ends.empty()) return;
    add_passage(*telling.then, words);
    words.story_left = telling.left;
}

}  // namespace

exports::InLanguages lesson_words(const model::Trace& trace) {
    exports::InLanguages words;
    if (trace.events().empty()) return words;
    const auto* scenario = std::get_if<model::Scenario>(&trace.events().front().fact);
    if (scenario == nullptr || lesson::names_lesson_file(scenario->lesson)) return words;
    const auto lesson = lesson::find_lesson(scenario->lesson);
    if (!lesson) return words;
    if (is_one_of(trace.title, lesson->title)) {
        words[Language::English].title = lesson->title.en;
        words[Language::Chinese].title = lesson->title.zh;
    }
    if (is_one_of(trace.description, lesson->summary)) {
        words[Language::English].description = lesson->summary.en;
        words[Language::Chinese].description = lesson->summary.zh;
    }
    // Another lesson may have had that name when the trace was made.
    if (scenario->title == lesson->title.en) add_story(*lesson, trace, words);
    return words;
}

}  // namespace tcpstep::cli
