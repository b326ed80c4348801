#include "app/lesson/library.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/files/whole_file.hpp"
#include "app/lesson/parse.hpp"

namespace tcpstep::lesson {

namespace fs = std::filesystem;

namespace {

// The number of single-character edits between two words (Levenshtein), for "did you mean".
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row[b.size()];
}

std::string remedy_for(std::string_view id, const std::vector<Lesson>& lessons) {
    const auto nearest = std::min_element(
        lessons.begin(), lessons.end(),
        [id](const Lesson& a, const Lesson& b) { return edits(id, a.id) < edits(id, b.id); });
    const bool close = nearest != lessons.end() && edits(id, nearest->id) <= nearest->id.size() / 2;
    const std::string list = "'tcpstep lessons' lists them";
    return close ? fmt::format("did you mean {}? {}", nearest->id, list) : list;
}

}  // namespace

Result<fs::path> assets_folder() {
    std::vector<fs::path> places;
    const char* given = std::getenv("TCPSTEP_ASSETS");
    const bool is_given = given != nullptr && *given != '\0';
    if (is_given) {
        places.emplace_back(given);
    } else {
        std::error_code ignored;
        const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
        places.push_back(program.parent_path().parent_path() / "share" / "tcpstep");
        places.push_back(program.parent_path().parent_path() / "assets");
        places.emplace_back(TCPSTEP_SOURCE_ASSETS);
    }
    for (const fs::path& place : places) {
        std::error_code ignored;
        if (fs::is_directory(place / "lessons", ignored)) return place;
    }
    const std::string folder = places.back().string();
    return fail(ErrorKind::MachineForbids, fmt::format("{} has no folder lessons", folder),
                is_given
                    ? "TCPSTEP_ASSETS must name the folder assets of the source tree, or be unset"
                    : "set TCPSTEP_ASSETS to the folder assets of the source tree");
}

Result<Lesson> Library::find(std::string_view id) const {
    for (const Lesson& lesson : lessons) {
        if (lesson.id == id) return lesson;
    }
    for (const Error& fault : faults) {
        if (fault.what.find(fmt::format("/{}.json:", id)) != std::string::npos)
            return tl::make_unexpected(fault);
    }
    return fail(ErrorKind::BadInput, fmt::format("lesson '{}': there is no such lesson", id),
                remedy_for(id, lessons));
}

Result<Library> load_library() {
    const Result<fs::path> assets = assets_folder();
    if (!assets) return tl::make_unexpected(assets.error());
    std::set<fs::path> files;  // in one order on every machine
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(*assets / "lessons", ignored)) {
        if (entry.path().extension() == ".json") files.insert(entry.path());
    }
    Library library;
    for (const fs::path& file : files) {
        Result<Lesson> lesson = load_lesson(file);
        if (!lesson) {
            library.faults.push_back(lesson.error());
        } else if (library.find(lesson->id)) {
            library.faults.push_back(
                {ErrorKind::BadInput,
                 fmt::format("{}: /id: another lesson is called {}", file.string(), lesson->id),
                 "give it an id of its own", 0});
        } else {
            library.lessons.push_back(std::move(*lesson));
        }
    }
    std::sort(library.lessons.begin(), library.lessons.end(), [](const Lesson& a, const Lesson& b) {
        return std::tie(a.order, a.id) < std::tie(b.order, b.id);
    });
    return library;
}

Result<Lesson> load_lesson(const fs::path& file) {
    constexpr std::size_t kMost = std::size_t{4} << 20U;  // the longest shipped one has 30 KiB
    const auto text = files::read_whole(file, kMost);
    if (!text) return tl::make_unexpected(text.error());
    return parse_lesson(*text, file.string());
}

// An id has neither a slash nor a dot.
bool names_lesson_file(std::string_view what) {
    return what.find('/') != std::string_view::npos || what.ends_with(".json");
}

void put_in_order(Lesson lesson, std::vector<Lesson>& lessons) {
    std::erase_if(lessons, [&](const Lesson& known) { return known.id == lesson.id; });
    const auto place = std::upper_bound(
        lessons.begin(), lessons.end(), lesson,
        [](const Lesson& one, const Lesson& other) { return one.order < other.order; });
    lessons.insert(place, std::move(lesson));
}

Result<Lesson> find_lesson(std::string_view what) {
    if (names_lesson_file(what)) return load_lesson(what);
    return load_library().and_then([what](const Library& library) { return library.find(what); });
}

}  // namespace tcpstep::lesson
