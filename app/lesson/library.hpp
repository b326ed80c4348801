#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lesson {

/// Where the lessons and other data files are: $TCPSTEP_ASSETS, else beside the program as it was
/// installed (../share/tcpstep) or built (the source tree). MachineForbids if there is none.
Result<std::filesystem::path> assets_folder();

/// What the folder of lessons holds.
struct Library {
    std::vector<Lesson> lessons;  ///< in the order of teaching
    /// Files that are no lessons: which, where and why. They do not hinder the others.
    std::vector<Error> faults;

    /// The lesson of that id. BadInput if there is none: the fault of its file, or the id that was
    /// perhaps meant.
    Result<Lesson> find(std::string_view id) const;
};

/// Reads all lesson files. MachineForbids if there is no folder of them.
Result<Library> load_library();

/// load_library() and Library::find(); or, if `what` has a slash or ends with ".json", the lesson
/// in that file.
Result<Lesson> find_lesson(std::string_view what);

/// What find_lesson() takes for a file.
bool names_lesson_file(std::string_view what);

/// Puts a lesson in its place in the order of teaching, instead of any other of its id.
void put_in_order(Lesson lesson, std::vector<Lesson>& lessons);

/// The lesson in that file. BadInput, with the place and the reason, if there is none.
Result<Lesson> load_lesson(const std::filesystem::path& file);

}  // namespace tcpstep::lesson
