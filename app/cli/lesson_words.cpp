#include "app/cli/lesson_words.hpp"

#include <variant>
#include <vector>

#include "app/lesson/library.hpp"

namespace tcpstep::cli {

namespace {

using strings::Language;

// Whoever wrote a text of their own into the trace keeps it.
bool is_one_of(const std::string& text, const lesson::LocalText& both) {
    return !both.zh.empty() && (text == both.en || text == both.zh);
}

void add_story(const std::vector<lesson::Passage>& story, const model::Trace& trace,
               exports::InLanguages& words) {
    for (const lesson::Passage& passage : story) {
        words[Language::English].story.push_back(passage.text.en);
        words[Language::Chinese].story.push_back(passage.text.zh.empty() ? passage.text.en
                                                                         : passage.text.zh);
    }
    words.passage_ends = lesson::passage_ends(story, trace);
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
    if (scenario->title == lesson->title.en) add_story(lesson->story, trace, words);
    return words;
}

}  // namespace tcpstep::cli
