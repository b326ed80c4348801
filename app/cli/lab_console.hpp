#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/cli/connections_now.hpp"
#include "app/cli/lab_hand.hpp"
#include "app/cli/line_editor.hpp"
#include "app/cli/live_ladder.hpp"
#include "app/cli/live_run.hpp"
#include "app/cli/terminal.hpp"
#include "app/cli/wake.hpp"

namespace tcpstep::cli {

/// The user works a free lab with words, one command a line (freelab/words.hpp): in a terminal,
/// where the ladder grows above the line that is typed, or from a pipe.
///
/// A command acts once the lab has settled: what is typed ahead, or comes from a pipe, acts line
/// after line, each on what the one before has led to.
class LabConsole {
  public:
    struct Setting {
        LiveRun& run;
        const Wake& bell;    ///< must ring whenever drain() has something new
        LiveLadder* ladder;  ///< printed as it grows; nullptr: standard output is not ours
        model::SocketAddress server;
    };
    explicit LabConsole(const Setting& setting);

    /// Until the user has quit or no more commands come: then it is Running.
    LiveRun::Status work();

    LabHand& hand() { return hand_; }

    /// How many commands that did not come from a keyboard were refused, or not understood.
    std::size_t refused() const { return refused_; }

  private:
    void tell_news();
    void tell(const std::string& text);
    void complain(const Error& error);
    bool obey_lines();
    bool obey(const std::string& line);
    bool ready() const;
    bool wait();
    void read_keys();
    void read_pipe();
    void draw_prompt();

    Setting with_;
    ConnectionsNow connections_;
    LabHand hand_;
    std::optional<RawTerminal> terminal_;
    std::optional<StatusLine> status_;
    LineEditor editor_;
    std::string piped_;  // of a pipe: no whole line yet
    bool input_ended_ = false;
    std::size_t line_number_ = 0;
    std::size_t refused_ = 0;
    std::optional<std::chrono::steady_clock::time_point> waits_until_;
};

}  // namespace tcpstep::cli
