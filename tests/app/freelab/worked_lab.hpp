#pragma once

#include <string>

#include "app/freelab/lesson_file.hpp"
#include "app/freelab/notebook.hpp"
#include "app/freelab/wish.hpp"
#include "model/trace.hpp"

namespace tcpstep::freelab {

/// A free lab without a lab: the test says what the kernel answers.
struct WorkedLab {
    Notebook notebook;
    model::Trace trace;

    explicit WorkedLab(bool gated = false);

    /// The line is a call; it is ordered and entered. What is wrong with it: "" if nothing is.
    std::string call(const std::string& line);
    /// The call that was entered last returns.
    void returns(std::int64_t result, const std::string& error = "");
    /// Both, for a call that must be offered.
    void done(const std::string& line, std::int64_t result = 0, const std::string& error = "");
    /// Why the actor is not offered that, for its best descriptor; "" if it is.
    std::string why_not(lesson::Actor actor, Deed deed) const;
    void append(model::Fact fact);

  private:
    model::CallId calls_ = 0;
    model::CallEntered last_;
    std::int64_t ms_ = 0;
};

/// A server that listens, "listener", and a client's socket, "socket".
WorkedLab listening();

}  // namespace tcpstep::freelab
