#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/lesson/library.hpp"

namespace tcpstep::cli {

Result<void> list_lessons(const LessonsOptions& options) {
    const auto library = lesson::load_library();
    if (!library) return tl::make_unexpected(library.error());
    if (options.json) {
        auto list = nlohmann::ordered_json::array();
        for (const lesson::Lesson& lesson : library->lessons) {
            list.push_back({{"id", lesson.id},
                            {"title", lesson.title.shown()},
                            {"summary", lesson.summary.shown()},
                            {"segments", lesson.needs_gate ? "held_only"
                                         : lesson.held     ? "held"
                                                           : "free"}});
        }
        fmt::print("{}\n", list.dump(2));
    } else {
        for (const lesson::Lesson& lesson : library->lessons)
            fmt::print("{:<18} {}\n", lesson.id, lesson.title.shown());
    }
    if (library->faults.empty()) return {};
    return tl::make_unexpected(library->faults.front());
}

}  // namespace tcpstep::cli
