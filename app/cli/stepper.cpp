#include "app/cli/stepper.hpp"

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "app/cli/prompt.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

constexpr char kEndOfInput = '\x04';  // Ctrl-D
constexpr std::string_view kSegmentKeys = "\r\ndubrR";

// What is blocked is told by the second, what is awaited by the tenth.
constexpr int kTickMs = 1000, kCountdownMs = 100;

void print(const std::string& text) {
    fmt::print("{}", text);
    std::fflush(stdout);
}

}  // namespace

Stepper::Stepper(LiveRun& run, const Wake& bell, LiveLadder& ladder)
    : run_(run), bell_(bell), ladder_(ladder), connections_(run.trace()) {}

LiveRun::Status Stepper::step() {
    while (true) {
        bell_.silence();
        const LiveRun::Status status = run_.drain();
        connections_.catch_up();
        print_new_rows();
        const bool over = status != LiveRun::Status::Running;
        if (over || !obey_keys()) {
            status_.clear();
            return status;
        }
        draw_prompt();
        if (!wait()) keys_.push_back('q');
    }
}

void Stepper::print_new_rows() {
    const std::string rows = ladder_.new_rows(run_.lab().settled());
    if (rows.empty()) return;
    status_.clear();
    print(rows);
}

// False once the user quits.
bool Stepper::obey_keys() {
    while (!keys_.empty()) {
        const char key = keys_.front();
        // Only then it is known what the key is about.
        const bool waits = kSegmentKeys.find(key) != std::string_view::npos;
        if (waits && !run_.lab().settled()) return true;
        keys_.pop_front();
        if (key == 'q' || key == kEndOfInput) return false;
        if (key == '?') {
            status_.clear();
            print(prompt_help());
        } else if (key == 'a') {
            automatic_ = !automatic_;
            run_.lab().command(lab::SetAutomatic{automatic_, {}});
        } else if (waits) {
            act(key);
        }
    }
    return true;
}

void Stepper::act(char key) {
    const auto stop = connections_.next_stop();
    if (!stop) return;
    lab::LabRun& lab = run_.lab();
    if (automatic_) lab.command(lab::SetAutomatic{automatic_ = false, {}});
    const model::Segment& segment = stop->segment->segment;
    switch (key) {
        case 'd':
            return lab.command(lab::Drop{segment.id});
        case 'u':
            return lab.command(lab::Duplicate{segment.id});
        case 'b':
            return lab.command(lab::HoldBack{segment.id});
        case 'r':
            return lab.command(lab::InjectReset{stop->connection, peer(segment.from)});
        case 'R':
            return lab.command(lab::InjectReset{stop->connection, segment.from});
        default:
            return lab.command(lab::Deliver{segment.id});
    }
}

void Stepper::draw_prompt() {
    // Where nothing can be held there is nothing to ask.
    if (!run_.lab().settled() || run_.lab().free_reason()) return;
    if (!helped_) {
        print(prompt_help());
        helped_ = true;
    }
    status_.show(prompt_line(connections_, automatic_, std::chrono::system_clock::now(),
                             terminal_.columns(), view::say(view::Text::StepKeys)));
}

// Until a key is pressed, the lab has something new or the clock ticks. False once no more keys can
// come.
bool Stepper::wait() {
    std::array<pollfd, 2> descriptors = {pollfd{STDIN_FILENO, POLLIN, 0},
                                         pollfd{bell_.descriptor(), POLLIN, 0}};
    const int tick = connections_.next_stop() ? kTickMs : kCountdownMs;
    if (poll(descriptors.data(), descriptors.size(), tick) <= 0) return true;
    if (descriptors[0].revents == 0) return true;
    const auto keys = terminal_.read_keys();
    if (!keys) return false;
    keys_.insert(keys_.end(), keys->begin(), keys->end());
    return true;
}

}  // namespace tcpstep::cli
