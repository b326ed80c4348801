#pragma once

#include <string>
#include <vector>

#include "app/freelab/notebook.hpp"
#include "app/lesson/lesson.hpp"
#include "model/address.hpp"
#include "model/trace.hpp"

namespace tcpstep::freelab {

/// The id of the free lab, where lessons have theirs: in traces, and for `tcpstep play`.
inline constexpr const char* kFreeLabId = "lab";

/// "127.0.0.1:8000"
model::SocketAddress default_server();

/// The lesson that a free lab begins with: no steps, and a server address.
lesson::Lesson free_lab(bool held, const model::SocketAddress& server = default_server());

struct LessonFile {
    std::string text;  ///< assets/lessons/README.md describes it
    /// What rules cannot say, one line each; the text has them, too.
    std::vector<lesson::LocalText> remarks;
};

/// What was done as a lesson file that does it again; `file_name` names the lesson.
LessonFile lesson_file(const Notebook& notebook, const model::Trace& trace,
                       const model::SocketAddress& server, const std::string& file_name);

/// A lesson's id of a file's name: "My run.json" gives "my-run"; never that of the free lab.
std::string id_of(const std::string& file_name);

}  // namespace tcpstep::freelab
