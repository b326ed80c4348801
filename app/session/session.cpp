#include "app/session/session.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "app/freelab/lesson_file.hpp"
#include "app/view/say.hpp"

namespace tcpstep::session {

using namespace model;
using view::say;
using view::Text;

namespace {

constexpr auto kToastTime = std::chrono::milliseconds(1400);

const Scenario* scenario_of(const Trace& trace) {
    if (trace.events().empty()) return nullptr;
    return std::get_if<Scenario>(&trace.events().front().fact);
}

// Only a lab samples the kernel and holds segments.
bool from_lab(const Trace& trace) {
    const Scenario* scenario = scenario_of(trace);
    return scenario != nullptr && scenario->lab;
}

}  // namespace

// A thread may outlive the session by a moment, so it holds the bell, not us.
std::function<void()> Session::bell_of(const std::shared_ptr<Wake>& wake) {
    return [bell = wake] {
        const std::lock_guard lock(bell->mutex);
        if (bell->call) bell->call();
    };
}

Session::Session(Setup setup)
    : setup_(std::move(setup)),
      wake_(std::make_shared<Wake>()),
      trace_(std::make_shared<Trace>()),
      timeline_(*trace_),
      predicting_(setup_.seed),
      files_(std::move(setup_.files), bell_of(wake_)),
      look_(setup_.look) {
    while (playback_.speed() < setup_.speed && playback_.faster()) continue;
    while (playback_.speed() > setup_.speed && playback_.slower()) continue;
}

void Session::start(Content content, std::string label) {
    end_run();  // the old lab ends before another begins
    ++trace_number_;
    look_.connections = false;
    states_ = RunStates();
    predicting_.forget_run();
    score_ = {};
    scored_ = 0;
    connections_met_ = 0;
    content_ = content;
    label_ = std::move(label);
    lesson_id_.clear();
    notice_ = {};
    failure_.reset();
    host_reason_.reset();
    free_reason_.reset();
    hand_.reset();
    selection_ = {};
    was_at_now_ = false;
    picked_connection_ = false;
    stays_in_connection_ = false;
    keeps_connection_ = false;
    called_at_.reset();
    const Playback old = std::exchange(playback_, Playback());
    while (playback_.speed() < old.speed()) playback_.faster();
    while (playback_.speed() > old.speed()) playback_.slower();
}

void Session::fail_with(Error error) {
    notice_ = [line = error.line()] { return line; };
    failure_ = std::move(error);
    end_run();
}

// Whether the lab added to the trace or the outcome of a prediction.
void Session::tell_growth() {
    if (running() && !watching() && setup_.run_grown) setup_.run_grown(*trace_);
}

void Session::end_run() {
    tell_growth();
    predicting_.withdraw();
    source_.reset();
    gate_.forget_run();
}

void Session::open_recording(Trace trace, std::string label, Words notice) {
    open_recording(Recording(std::move(trace), std::move(notice)), std::move(label));
}

void Session::open_recording(Recording recording, std::string label) {
    start(Content::Recording, std::move(label));
    notice_ = std::move(recording.notice);
    timeline_ = std::move(recording.timeline);
    index_ = std::move(recording.index);
    trace_ = std::move(recording.trace);
    ++timeline_number_;
    catch_up();
}

// What others say to each other is saved only where the user asks for it.
void Session::watch(std::unique_ptr<Source> source, std::string label) {
    start(Content::Recording, std::move(label));
    trace_ = std::make_shared<Trace>();
    show_connection(std::nullopt);
    source_ = std::move(source);
}

void Session::open_lesson(std::string_view id) {
    if (id == freelab::kFreeLabId && has_free_lab()) {
        run(setup_.free_lab, setup_.run_by_hand);
        hand_.emplace(setup_.free_lab.server);
        return;
    }
    const auto lesson = std::find_if(setup_.lessons.begin(), setup_.lessons.end(),
                                     [&](const lesson::Lesson& l) { return l.id == id; });
    if (lesson == setup_.lessons.end() || !setup_.run_lesson) {
        notice_ = [id = std::string(id)] { return say(Text::NoticeNoLesson, id); };
        return;
    }
    run(*lesson, setup_.run_lesson);
}

void Session::run(const lesson::Lesson& lesson, const Setup::Run& how) {
    start(Content::Lesson, {});
    lesson_id_ = lesson.id;
    trace_ = std::make_shared<Trace>();
    show_connection(std::nullopt);
    if (setup_.run_begins) setup_.run_begins(lesson);
    if (!lesson.differs.empty()) {
        notice_ = [differs = lesson.differs] {
            std::string all;
            for (const lesson::LocalText& one : differs)
                all += (all.empty() ? "" : "; ") + one.shown();
            return say(Text::TerminalDiffers, all);
        };
    }
    Result<std::unique_ptr<Source>> source = how(lesson, gate_.policy(), bell_of(wake_));
    if (source) {
        source_ = std::move(*source);
    } else {
        fail_with(std::move(source.error()));
    }
}

const lesson::Lesson* Session::lesson() const {
    const Scenario* recorded = scenario_of(*trace_);
    const auto is_it = [&](const lesson::Lesson& lesson) {
        if (content_ != Content::Recording) return lesson.id == lesson_id_;
        // By both, for another lesson may have had that name then.
        return recorded != nullptr && recorded->lesson == lesson.id &&
               recorded->title == lesson.title.en;
    };
    const auto found = std::find_if(setup_.lessons.begin(), setup_.lessons.end(), is_it);
    if (found != setup_.lessons.end()) return &*found;
    return has_free_lab() && is_it(setup_.free_lab) ? &setup_.free_lab : nullptr;
}

const lesson::Passage* Session::passage() const {
    const lesson::Lesson* told = lesson();
    if (told == nullptr || told->story.empty()) return nullptr;
    const auto& telling = telling_.get(std::pair(timeline_number_, trace_->events().size()),
                                       [&] { return lesson::telling_of(*told, *trace_); });
    const std::size_t position = this->position();
    if (position == 0) return lesson::told_at(*told, telling, 0);
    const model::Event& last = timeline_.event(position - 1);
    return lesson::told_at(*told, telling,
                           static_cast<std::size_t>(&last - trace_->events().data()) + 1);
}

const std::string& Session::label() const {
    const lesson::Lesson* shown = content_ == Content::Lesson ? lesson() : nullptr;
    return shown != nullptr ? shown->title.shown() : label_;
}

void Session::forbid_chinese() {
    look_.chinese = false;
    if (strings::language() == strings::Language::English) return;
    strings::set_language(strings::Language::English);
    if (!notice_) notice_ = [] { return say(Text::NoChineseFont); };
}

void Session::set_wake(std::function<void()> wake) {
    const std::lock_guard lock(wake_->mutex);
    wake_->call = std::move(wake);
}

bool Session::poll() {
    const bool files = poll_files();
    const bool run = poll_run();
    tell_growth();
    return run || files;
}

bool Session::poll_run() {
    if (source_ == nullptr) return false;
    const std::size_t before = trace_->events().size();
    const Source::Status status = source_->drain(*trace_);
    host_reason_ = source_->host_reason();
    free_reason_ = source_->free_reason();
    if (Words words = source_->take_notice()) notice_ = std::move(words);
    const bool grew = trace_->events().size() != before;
    if (grew) catch_up();
    gate_.catch_up(*source_, *trace_);
    switch (status) {
        case Source::Status::Running: {
            const bool went = (source_->settled() &&
                               (go_where_it_was_called() || go_where_something_is_held())) ||
                              (grew && go_to_newest_watched());
            return predict() || went || grew;
        }
        case Source::Status::Finished:
            if (predicting_.check(*trace_, true)) catch_up();
            end_run();
            return true;
        case Source::Status::Failed:
            fail_with(source_->error());
            return true;
    }
    return grew;
}

// The first connection is shown as soon as there is one. What was shown before, the events that
// concern all, is a beginning of its timeline, so the position keeps its meaning.
void Session::catch_up() {
    if (!timeline_.connection() && !trace_->connections().empty()) {
        show_connection(0);
    } else {
        timeline_.catch_up();
        index_.catch_up(timeline_);
    }
    const bool nothing_seen_yet = playback_.position() == 0 && !was_at_now_;
    if (running() && (index_.gated() || watching()) && nothing_seen_yet) playback_.end(index_);
    playback_.grown(index_);
    if (from_lab(*trace_)) states_.catch_up(*trace_);
    if (hand_) hand_->catch_up(*trace_);
    if (position() == timeline_.size()) was_at_now_ = true;
    count_predictions();
}

void Session::count_predictions() {
    for (; scored_ < trace_->events().size(); ++scored_) {
        const auto* checked = std::get_if<PredictionChecked>(&trace_->events()[scored_].fact);
        if (checked == nullptr) continue;
        ++score_.asked;
        if (checked->right()) ++score_.right;
    }
}

// Looks whether an answer came true, and asks about what is held now. True if either changed
// something.
bool Session::predict() {
    if (!predicting_.on() || source_ == nullptr) return false;
    const bool told = predicting_.check(*trace_, source_->settled());
    if (told) catch_up();
    const std::optional<InFlight> next = held();
    const bool mine = live_held() && source_->settled() && !automatic() && !gate_.pending();
    if (!mine || !next || next->passes_at || !timeline_.connection()) return told;
    const bool asked = predicting_.open() != nullptr;
    predicting_.look(*trace_, *timeline_.connection(), next->segment);
    return told || (predicting_.open() != nullptr) != asked;
}

bool Session::looking_at_past() const {
    return running() && position() < timeline_.size() && (was_at_now_ || index_.gated());
}

bool Session::at_now() const {
    return running() && position() == timeline_.size();
}

bool Session::live_held() const {
    return running() && index_.gated();
}

AtGate Session::at_gate() const {
    if (content_ != Content::Lesson || !index_.gated()) return AtGate::NoGate;
    if (!running()) return held() ? AtGate::Over : AtGate::NoGate;
    if (!at_now()) return AtGate::Past;
    return held() ? AtGate::Holding : AtGate::Empty;
}

std::optional<InFlight> Session::held() const {
    const Connection& newest = timeline_.at(timeline_.size());
    if (const InFlight* waiting = next_held(newest)) return *waiting;
    const auto slow =
        std::find_if(newest.in_flight.begin(), newest.in_flight.end(),
                     [](const InFlight& one) { return one.held && one.copy_of == 0; });
    return slow == newest.in_flight.end() ? std::nullopt : std::optional(*slow);
}

// Whoever has come to the present moment of a held run sees what happens next.
void Session::stay_at_now() {
    if ((!live_held() && !watching()) || !at_now() || playback_.following()) return;
    if (step_elsewhere(true) != nullptr && !held()) return;  // still on the way there
    playback_.end(index_);
    was_at_now_ = true;
}

SegmentId Session::shown_segment() const {
    if (const SegmentId selected = selected_segment(); selected != 0) return selected;
    // What one decides on is what one wants to look at.
    if (at_gate() == AtGate::Holding) return held()->segment.id;
    std::optional<std::size_t> step = index_.last_step_before(position());
    for (; step; step = index_.last_step_before(*step)) {
        const view::Selection event = view::SelectedEvent{*step};
        if (const SegmentId id = view::segment_of(event, timeline_, index_); id != 0) return id;
    }
    return 0;
}

void Session::show_toast(std::string text, Moment now) {
    toast_ = Toast{std::move(text), now + kToastTime};
}

bool Session::tick(Moment now) {
    std::function<bool()> elsewhere;
    if (run_steps() != nullptr) elsewhere = [this] { return step_across(true); };
    bool changed = playback_.advance(index_, running(), now, elsewhere);
    if (changed) selection_ = {};
    if (source_ && source_->settled() && predicting_.give_up(now)) {
        predict();
        changed = true;
    }
    stay_at_now();
    if (tell_saved(now)) changed = true;
    if (toast_ && toast_->until <= now) {
        toast_.reset();
        changed = true;
    }
    return changed;
}

std::optional<Moment> Session::next_tick() const {
    std::optional<Moment> next = playback_.next_due();
    const std::optional<Moment> patience = predicting_.next_tick();
    if (patience && (!next || *patience < *next)) next = patience;
    if (toast_ && (!next || toast_->until < *next)) next = toast_->until;
    return next;
}

}  // namespace tcpstep::session
