#pragma once

#include <deque>
#include <string>
#include <vector>

#include "app/cli/connections_now.hpp"
#include "app/cli/live_ladder.hpp"
#include "app/cli/live_run.hpp"
#include "app/cli/terminal.hpp"
#include "app/cli/wake.hpp"
#include "app/lesson/script_left.hpp"
#include "app/session/predicting.hpp"

namespace tcpstep::cli {

/// The user steps a run by keys in the terminal (prompt_help() lists them): prints the ladder's
/// rows as they come, and below them the prompt.
///
/// A key acts on what is held once the lab has settled: keys that are typed ahead act one after the
/// other, each on what the one before has led to.
class Stepper {
  public:
    /// `bell` must ring whenever drain() has something new. `predicting`: the user is asked before
    /// each delivery, if that is turned on.
    Stepper(LiveRun& run, const Wake& bell, LiveLadder& ladder, session::Predicting predicting);

    /// This is told meanwhile; must outlive the stepping.
    void tell(const lesson::Lesson& lesson) { lesson_ = &lesson; }

    /// Until the lesson is over, or the user has quit: then it is Running.
    LiveRun::Status step();

  private:
    void print_new_rows();
    void tell_story();
    bool obey_keys();
    void predict();
    void toggle_predict();
    void tell_verdict();
    void print_lines(const std::string& text);
    void tell_question();
    bool answer(char key);
    void act(char key);
    void help_once();
    void draw_prompt();
    bool wait();

    LiveRun& run_;
    const Wake& bell_;
    RawTerminal terminal_;
    StatusLine status_;
    LiveLadder& ladder_;
    ConnectionsNow connections_;
    const lesson::Lesson* lesson_ = nullptr;
    const lesson::Passage* told_ = nullptr;  // last
    session::Predicting predicting_;
    model::SegmentId asked_ = 0;  // whose question was printed last
    std::deque<char> keys_;       // not obeyed yet
    bool automatic_ = false;
    bool helped_ = false;
};

}  // namespace tcpstep::cli
