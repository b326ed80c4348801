#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/trace.hpp"

namespace tcpstep::session {

/// The steps of a run, one after the other, whichever of its connections they are of. A timeline
/// knows one connection only, and where a run has several, its story goes from one to the other.
class RunSteps {
  public:
    struct Step {
        std::size_t event = 0;                             ///< of the trace
        std::optional<model::ConnectionIndex> connection;  ///< nothing: it concerns all
    };

    RunSteps() = default;
    explicit RunSteps(const model::Trace& trace);

    // nullptr if there is none.
    const Step* after(std::optional<std::size_t> event) const;
    const Step* before(std::size_t event) const;
    /// The step of that number, from 1; the last if there are fewer.
    const Step* of_number(std::size_t number) const;
    /// The connection that a step is of, or, if it concerns all, that of the next that has one.
    std::optional<model::ConnectionIndex> shown_at(const Step& step) const;

  private:
    std::vector<Step> steps_;  // ascending
};

}  // namespace tcpstep::session
