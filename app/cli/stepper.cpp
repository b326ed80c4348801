#include "app/cli/stepper.hpp"

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "app/cli/output.hpp"
#include "app/cli/prompt.hpp"
#include "app/cli/wrapped.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

constexpr char kEndOfInput = '\x04';  // Ctrl-D
constexpr std::string_view kSegmentKeys = "\r\ndubrR1234";
constexpr std::string_view kAnswers = "1234";

// What is blocked is told by the second, what is awaited by the tenth.
constexpr int kTickMs = 1000, kCountdownMs = 100;

void show(const std::string& text) {
    write_text(stdout, text);
    flush_output();
}

}  // namespace

Stepper::Stepper(LiveRun& run, const Wake& bell, LiveLadder& ladder, session::Predicting predicting)
    : run_(run),
      bell_(bell),
      ladder_(ladder),
      connections_(run.trace()),
      predicting_(std::move(predicting)) {}

LiveRun::Status Stepper::step() {
    while (true) {
        bell_.silence();
        const LiveRun::Status status = run_.drain();
        const bool over = status != LiveRun::Status::Running;
        connections_.catch_up();
        const bool told = predicting_.check(run_.growing_trace(), over || run_.lab().settled());
        print_new_rows();
        if (told) tell_verdict();
        if (!over) predict();
        // The story tells what will come: not to whom it is asked.
        const bool asks = !over && predicting_.open() != nullptr;
        if ((over || run_.lab().settled()) && !asks) tell_story();
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
    show(rows);
}

// Once all that follows from what happened last is known: a passage that lasts for a moment would
// only be in the way.
void Stepper::tell_story() {
    if (lesson_ == nullptr || lesson_->story.empty()) return;
    const model::Trace& trace = run_.trace();
    const lesson::Passage* now =
        lesson::told_at(*lesson_, lesson::telling_of(*lesson_, trace), trace.events().size());
    if (now == told_) return;
    told_ = now;
    print_lines(view::say(view::Text::StoryPassage, now->text.shown()));
}

// False once the user quits.
bool Stepper::obey_keys() {
    while (!keys_.empty()) {
        const char key = keys_.front();
        // Only then it is known what the key is about.
        const bool waits = kSegmentKeys.find(key) != std::string_view::npos;
        if (waits && (!run_.lab().settled() || predicting_.awaiting())) return true;
        keys_.pop_front();
        if (key == 'q' || key == kEndOfInput) return false;
        if (key == '?') {
            status_.clear();
            show(prompt_help());
        } else if (key == 'p') {
            toggle_predict();
        } else if (key == 'a') {
            automatic_ = !automatic_;
            predicting_.skip();
            run_.lab().command(lab::SetAutomatic{automatic_, {}});
        } else if (waits) {
            act(key);
        }
    }
    return true;
}

void Stepper::print_lines(const std::string& text) {
    if (text.empty()) return;
    status_.clear();
    for (const std::string& line : wrapped_to_columns(text, terminal_.columns() - 1))
        show(line + "\n");
}

// Asks about what is held now, and gives up on what the kernel does not tell.
void Stepper::predict() {
    if (!predicting_.on() || automatic_ || !run_.lab().settled()) return;
    if (predicting_.give_up(std::chrono::steady_clock::now())) tell_verdict();
    const auto stop = connections_.next_stop();
    if (!stop || predicting_.awaiting()) return;
    predicting_.look(run_.trace(), stop->connection, stop->segment->segment);
    if (predicting_.open() != nullptr) tell_question();
}

void Stepper::toggle_predict() {
    predicting_.turn(!predicting_.on());
    print_lines(
        view::say(predicting_.on() ? view::Text::ToastPredict : view::Text::ToastNoPredict));
    asked_ = 0;
    predict();
}

void Stepper::tell_question() {
    const session::Predicting::Asking& asking = *predicting_.open();
    if (asking.question.segment == asked_) return;
    asked_ = asking.question.segment;
    help_once();
    print_lines(view::question_text(asking.question, asking.timeline));
    int digit = 0;
    for (const std::string& choice : asking.question.choices) {
        show(fmt::format("  {} {}\n", ++digit,
                         view::choice_text(asking.question, choice, asking.timeline, false)));
    }
    show(fmt::format("  ({})\n", view::say(view::Text::StepChoices, digit)));
}

void Stepper::tell_verdict() {
    const auto& verdict = predicting_.verdict();
    if (!verdict) return;
    const session::Predicting::Asking& asking = verdict->asking;
    // What was told stands in the ladder.
    if (verdict->outcome.kind == model::Outcome::Kind::Withdrawn)
        print_lines(view::say(view::Text::PredictWithdrawn));
    print_lines(view::reason_text(asking.question, verdict->outcome, asking.timeline, false));
}

// True if the key answers the open question. Digits do nothing else.
bool Stepper::answer(char key) {
    const std::size_t digit = kAnswers.find(key);
    const session::Predicting::Asking* asking = predicting_.open();
    if (digit == std::string_view::npos) {
        predicting_.skip();
        return true;
    }
    if (asking == nullptr || digit >= asking->question.choices.size()) return false;
    predicting_.answer(digit);
    return true;
}

void Stepper::act(char key) {
    const auto stop = connections_.next_stop();
    if (!stop || !answer(key)) return;
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

void Stepper::help_once() {
    if (std::exchange(helped_, true)) return;
    status_.clear();
    show(prompt_help());
}

void Stepper::draw_prompt() {
    // Where nothing can be held there is nothing to ask.
    if (!run_.lab().settled() || run_.lab().free_reason()) return;
    help_once();
    status_.show(prompt_line(connections_, automatic_, std::chrono::system_clock::now(),
                             terminal_.columns(), view::say(view::Text::StepKeys)));
}

// Until a key is pressed, the lab has something new or the clock ticks. False once no more keys can
// come.
bool Stepper::wait() {
    std::array<pollfd, 2> descriptors = {pollfd{STDIN_FILENO, POLLIN, 0},
                                         pollfd{bell_.descriptor(), POLLIN, 0}};
    const bool countdown = !connections_.next_stop() || predicting_.awaiting();
    const int tick = countdown ? kCountdownMs : kTickMs;
    if (poll(descriptors.data(), descriptors.size(), tick) <= 0) return true;
    if (descriptors[0].revents == 0) return true;
    const auto keys = terminal_.read_keys();
    if (!keys) return false;
    keys_.insert(keys_.end(), keys->begin(), keys->end());
    return true;
}

}  // namespace tcpstep::cli
