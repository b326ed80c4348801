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

/// All lessons, in the order of teaching. BadInput if one of them is broken: which, where and why.
Result<std::vector<Lesson>> load_lessons();

/// The lesson of that id. BadInput, with the id that was perhaps meant, if there is none.
Result<Lesson> find_lesson(std::string_view id);

}  // namespace tcpstep::lesson
