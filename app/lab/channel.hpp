#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tcpstep::lab {

// The socket pair between the program and its lab carries lines of text.

/// Writes all of `text`, blocking. False if the other side is gone.
bool send_all(int channel, std::string_view text);

/// Cuts what comes from the channel into lines.
class LineReader {
  public:
    explicit LineReader(int channel) : channel_(channel) {}

    /// Waits for the next line and stores it without its line feed. False once the other side is
    /// gone; a last line that was cut short is then left out.
    bool next(std::string& line);

    /// The lines that have come, without waiting. `open` becomes false once the other side is gone.
    std::vector<std::string> take(bool& open);

  private:
    bool cut(std::string& line, std::size_t searched);

    int channel_;
    std::string buffer_;
    std::size_t start_ = 0;  // of the next line in buffer_
};

}  // namespace tcpstep::lab
