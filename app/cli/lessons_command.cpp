#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/glossary_table.hpp"
#include "app/cli/output.hpp"
#include "app/cli/terminal.hpp"
#include "app/lesson/glossary.hpp"
#include "app/lesson/library.hpp"

namespace tcpstep::cli {

namespace {

// As in the file, without what is missing there.
nlohmann::ordered_json as_json(const lesson::GlossaryEntry& entry) {
    nlohmann::ordered_json json = {{"id", entry.id}};
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty()) json[key] = text;
    };
    put("posix", entry.posix);
    put("winsock", entry.winsock);
    put("go", entry.go);
    json["moves"] = nlohmann::ordered_json::array();
    for (const auto& move : entry.moves)
        json["moves"].push_back({{"from", name(move.from)}, {"to", name(move.to)}});
    put("sends", entry.sends);
    put("rfc", entry.rfc);
    json["does"] = {{"en", entry.does.en}, {"zh", entry.does.zh}};
    return json;
}

}  // namespace

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
        print("{}\n", list.dump(2));
    } else {
        std::size_t width = 0;
        for (const lesson::Lesson& lesson : library->lessons)
            width = std::max(width, lesson.id.size());
        for (const lesson::Lesson& lesson : library->lessons)
            print("{:<{}}  {}\n", lesson.id, width, lesson.title.shown());
    }
    if (library->faults.empty()) return {};
    flush_output();
    for (std::size_t i = 0; i + 1 < library->faults.size(); ++i)
        print_err("tcpstep: {}\n", library->faults[i].line());
    return tl::make_unexpected(library->faults.back());
}

Result<void> print_glossary(const LessonsOptions& options) {
    const auto glossary = lesson::load_glossary();
    if (!glossary) return tl::make_unexpected(glossary.error());
    if (!options.json) {
        // Longer lines are hard to read.
        print("{}", glossary_table(*glossary, std::min<std::size_t>(output_columns(), 120)));
        return {};
    }
    auto list = nlohmann::ordered_json::array();
    for (const lesson::GlossaryEntry& entry : *glossary) list.push_back(as_json(entry));
    print("{}\n", list.dump(2));
    return {};
}

}  // namespace tcpstep::cli
