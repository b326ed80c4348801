#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/lesson/library.hpp"

namespace tcpstep::cli {

Result<void> list_lessons(const LessonsOptions& options) {
    const auto lessons = lesson::load_lessons();
    if (!lessons) return tl::make_unexpected(lessons.error());
    if (options.json) {
        auto list = nlohmann::ordered_json::array();
        for (const lesson::Lesson& lesson : *lessons) {
            list.push_back({{"id", lesson.id},
                            {"title", lesson.title},
                            {"summary", lesson.summary},
                            {"segments", lesson.held ? "held" : "free"}});
        }
        fmt::print("{}\n", list.dump(2));
        return {};
    }
    for (const lesson::Lesson& lesson : *lessons)
        fmt::print("{:<18} {}\n", lesson.id, lesson.title);
    return {};
}

}  // namespace tcpstep::cli
