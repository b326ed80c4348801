#include "app/session/predicting.hpp"

#include <utility>

namespace tcpstep::session {

using namespace model;

namespace {

// Linux delays an acknowledgment by 200 ms at most.
constexpr auto kPatience = std::chrono::milliseconds(500);

std::uint64_t seed_of(const Trace& trace) {
    return trace.events().empty()
               ? 0
               : static_cast<std::uint64_t>(trace.events().front().time.time_since_epoch().count());
}

}  // namespace

void Predicting::turn(bool on) {
    on_ = on;
    asking_.reset();
    verdict_.reset();
    patience_.reset();
}

void Predicting::forget_run() {
    turn(on_);
    dealt_with_.clear();
}

void Predicting::look(const Trace& trace, ConnectionIndex connection, const Segment& held) {
    if (!on_ || awaiting()) return;
    if (asking_ && asking_->question.segment == held.id) return;
    ask_anew();  // another connection is looked at; one may come back
    if (!dealt_with_.insert(held.id).second) return;
    Timeline timeline(trace, connection);
    std::optional<Question> question =
        ask(timeline.at(timeline.size()), held, seed_.value_or(seed_of(trace)));
    if (!question) return;
    const std::size_t now = timeline.size();
    asking_.emplace(Asking{std::move(*question), connection, std::move(timeline), now, {}});
}

void Predicting::answer(std::size_t choice) {
    if (open() == nullptr || choice >= asking_->question.choices.size()) return;
    asking_->answer = asking_->question.choices[choice];
    verdict_.reset();
}

void Predicting::ask_anew() {
    if (open() == nullptr) return;
    dealt_with_.erase(asking_->question.segment);
    asking_.reset();
}

void Predicting::skip() {
    verdict_.reset();
    if (awaiting()) return withdraw();
    asking_.reset();
}

bool Predicting::check(Trace& trace, bool settled) {
    if (!awaiting()) return false;
    asking_->timeline.catch_up();
    Outcome outcome = outcome_of(asking_->question, asking_->timeline, asking_->asked_at, settled);
    if (outcome.kind == Outcome::Kind::Awaited) return false;
    if (outcome.kind == Outcome::Kind::Withdrawn) {
        withdraw();
        return true;
    }
    const Question& question = asking_->question;
    trace.append({trace.events().back().time, asking_->connection,
                  PredictionChecked{question.segment, question.endpoint, question.asked,
                                    question.choices, asking_->answer, outcome.actual}});
    verdict_.emplace(Verdict{std::move(*asking_), std::move(outcome)});
    asking_.reset();
    patience_.reset();
    return true;
}

bool Predicting::give_up(Moment now) {
    if (!awaiting()) return false;
    if (!patience_) patience_ = now + kPatience;
    if (now < *patience_) return false;
    withdraw();
    return true;
}

void Predicting::withdraw() {
    patience_.reset();
    if (awaiting())
        verdict_.emplace(Verdict{std::move(*asking_), {Outcome::Kind::Withdrawn, {}, 0}});
    asking_.reset();
}

}  // namespace tcpstep::session
