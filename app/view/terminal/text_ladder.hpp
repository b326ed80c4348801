#pragma once

#include <memory>
#include <string>

#include "model/timeline.hpp"

namespace tcpstep::view::terminal {

/// A conversation as a ladder for the terminal, 80 columns wide, ASCII only: time, the client's
/// state and calls, segments as arrows, the server's calls and state. Under it the states that each
/// end went through, and what the kernel said of them. This one grows with its timeline; what it
/// has given away it never changes.
///
/// A gated segment has two rows: its sending, with an arrow that has only begun, and its arrival or
/// loss, with the arrow's other end.
class TextLadder {
  public:
    TextLadder();
    ~TextLadder();
    TextLadder(TextLadder&&) noexcept;
    TextLadder& operator=(TextLadder&&) noexcept;

    /// The rows of the events that came since the last call, the heading before the first; "" if
    /// there are none. Always the same timeline, or one that begins with the same events. Every row
    /// ends with a line feed.
    ///
    /// A call and a return that follows at once share a row. So the row of a call that is the last
    /// event waits for the next one; unless the run has `settled`: then the call is blocked, and
    /// its return will have a row of its own.
    std::string new_rows(const model::Timeline& timeline, bool settled = false);

    /// When no more events come: the last rows, if new_rows() was not told that the run has
    /// settled, then an empty line and the summary.
    std::string ending(const model::Timeline& timeline);

  private:
    class Rows;
    std::unique_ptr<Rows> rows_;
};

/// The whole of it at once.
std::string text_ladder(const model::Timeline& timeline);

}  // namespace tcpstep::view::terminal
