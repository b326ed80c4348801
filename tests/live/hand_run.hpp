#pragma once

#include <string>

#include "app/freelab/lesson_file.hpp"
#include "app/freelab/notebook.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab::testing {

/// A free lab, worked with the words of `tcpstep lab`.
class HandRun {
  public:
    explicit HandRun(bool held = true);

    /// Does what the line says, and settles. What is wrong with it: "" if nothing is.
    std::string type(const std::string& line);
    /// The same for several; a fault of one fails the test.
    void type_all(std::initializer_list<const char*> lines);
    /// Delivers until nothing is held.
    void deliver_all();

    /// What was done, as a lesson.
    lesson::Lesson saved() const;
    const freelab::LessonFile& file() const { return file_; }

    SteppedRun run;
    freelab::Notebook notebook;

  private:
    void settle();
    // Of the segments in flight in the first connection.
    model::Role sender(model::SegmentId id);
    model::SegmentId named(const std::string& name);
    mutable freelab::LessonFile file_;
};

/// "client connect ECONNREFUSED; server accept = ok; ": all calls in the order in which they were
/// entered, and what came of them; "..." of one that blocks.
std::string calls_of(const Story& story);

}  // namespace tcpstep::lab::testing
