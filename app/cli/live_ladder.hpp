#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/view/terminal/text_ladder.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// The ladder of a trace that grows, with all its connections: their rows in the order in which
/// things happened, and a line where they turn from one connection to another. What concerns all
/// stands once, with the connection that had the word.
class LiveLadder {
  public:
    /// Always the same trace, which must outlive this. `title`: instead of the trace's own.
    explicit LiveLadder(const model::Trace& trace, std::string title = {})
        : trace_(trace), title_(std::move(title)) {}
    LiveLadder(const LiveLadder&) = delete;
    LiveLadder& operator=(const LiveLadder&) = delete;

    /// The title and the rows of what happened since; "" if there is nothing. `settled`: nothing
    /// happens for now, so what might wait for the next event is given too.
    std::string new_rows(bool settled);
    /// The same, and the summary of each connection: once, when the run is over.
    std::string rest();

  private:
    struct Part {
        model::Timeline timeline;
        view::terminal::TextLadder ladder;
    };

    void take(const model::Event& event);
    std::size_t part_of(const model::Event& event);
    void tell(std::size_t part, bool settled);
    std::string heading(std::size_t part) const;

    const model::Trace& trace_;
    std::string title_;
    // The trace as far as it has been taken: the ladders must not see what comes later.
    model::Trace taken_;
    std::vector<Part> parts_;  // one a connection; before the first one for what concerns all
    std::size_t turn_ = 0;     // the part whose rows came last
    std::string out_;
};

}  // namespace tcpstep::cli
