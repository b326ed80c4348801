#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace tcpstep::cli {

/// Characters in a line of standard output; 80 if that is no terminal, or does not tell.
std::size_t output_columns();

/// The terminal on standard input and output, while keys are read from it one by one: no Enter is
/// needed and nothing is echoed. It is as it was before whenever the program ends, is suspended or
/// crashes; only SIGKILL leaves it as it is. One at a time.
class RawTerminal {
  public:
    /// Standard input and output are both terminals.
    static bool is_there();

    RawTerminal();
    ~RawTerminal();
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;

    /// The keys that were pressed since, each as its character; those that send an escape sequence
    /// (arrows, function keys) are left out. Nothing once the terminal is gone. Blocks if none was
    /// pressed: ask poll(2) about standard input first.
    std::optional<std::string> read_keys();

    /// Characters in a line: output_columns().
    std::size_t columns() const { return output_columns(); }
};

/// One line at the cursor that is drawn again and again in its place, below what was printed.
class StatusLine {
  public:
    StatusLine();

    /// Draws `text` (without escape sequences, shorter than the line) unless it stands there
    /// already.
    void show(const std::string& text);
    /// Makes room for what is to be printed.
    void clear();

  private:
    void draw(const std::string& text);

    std::string shown_;
    bool emphasis_;  // bold
    bool erases_;    // the terminal knows how to erase to the end of the line
};

}  // namespace tcpstep::cli
