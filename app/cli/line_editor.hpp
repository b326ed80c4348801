#pragma once

#include <deque>
#include <string>
#include <string_view>

namespace tcpstep::cli {

/// Makes lines of keys: printable ones are added, Backspace takes one back, Ctrl-U all, Enter ends
/// the line.
class LineEditor {
  public:
    void take(std::string_view keys);

    const std::string& typed() const { return typed_; }
    bool has_line() const { return !lines_.empty(); }
    std::string next_line();

    /// Ctrl-D on an empty line: no more will come.
    bool ended() const { return ended_; }

  private:
    std::string typed_;
    std::deque<std::string> lines_;
    bool ended_ = false;
};

}  // namespace tcpstep::cli
