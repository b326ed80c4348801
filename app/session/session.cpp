#include "app/session/session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "app/view/say.hpp"

namespace tcpstep::session {

using namespace model;
using view::say;
using view::Text;

namespace {

constexpr std::array kTextPercents = {75U, 90U, 100U, 125U, 150U, 175U, 200U, 250U, 300U};
constexpr auto kToastTime = std::chrono::milliseconds(1400);

unsigned next_larger(unsigned percent) {
    const auto next = std::upper_bound(kTextPercents.begin(), kTextPercents.end(), percent);
    return next == kTextPercents.end() ? kTextPercents.back() : *next;
}

unsigned next_smaller(unsigned percent) {
    const auto here = std::lower_bound(kTextPercents.begin(), kTextPercents.end(), percent);
    return here == kTextPercents.begin() ? kTextPercents.front() : *(here - 1);
}

}  // namespace

Session::Session(Setup setup)
    : setup_(std::move(setup)),
      wake_(std::make_shared<Wake>()),
      trace_(std::make_unique<Trace>()),
      timeline_(*trace_) {}

void Session::start(Content content, std::string label) {
    source_.reset();  // the old lab ends before another begins
    content_ = content;
    label_ = std::move(label);
    lesson_id_.clear();
    notice_.clear();
    failure_.reset();
    host_reason_.reset();
    selected_ = 0;
    was_at_now_ = false;
    const Playback old = std::exchange(playback_, Playback());
    while (playback_.speed() < old.speed()) playback_.faster();
    while (playback_.speed() > old.speed()) playback_.slower();
}

void Session::fail_with(Error error) {
    notice_ = error.line();
    failure_ = std::move(error);
    source_.reset();
}

void Session::open_recording(Trace trace, std::string label, std::string notice) {
    start(Content::Recording, std::move(label));
    notice_ = std::move(notice);
    trace_ = std::make_unique<Trace>(std::move(trace));
    show_connection(std::nullopt);
    catch_up();
}

void Session::open_lesson(std::string_view id) {
    const auto lesson = std::find_if(setup_.lessons.begin(), setup_.lessons.end(),
                                     [&](const lesson::Lesson& l) { return l.id == id; });
    if (lesson == setup_.lessons.end() || !setup_.run_lesson) {
        notice_ = say(Text::NoticeNoLesson, id);
        return;
    }
    start(Content::Lesson, lesson->title);
    lesson_id_ = lesson->id;
    trace_ = std::make_unique<Trace>();
    show_connection(std::nullopt);
    // The lab's thread may outlive this session by a moment, so it holds the bell, not us.
    auto wake = [bell = wake_] {
        const std::lock_guard lock(bell->mutex);
        if (bell->call) bell->call();
    };
    Result<std::unique_ptr<Source>> source = setup_.run_lesson(*lesson, std::move(wake));
    if (source) {
        source_ = std::move(*source);
    } else {
        fail_with(std::move(source.error()));
    }
}

void Session::set_wake(std::function<void()> wake) {
    const std::lock_guard lock(wake_->mutex);
    wake_->call = std::move(wake);
}

bool Session::poll() {
    if (source_ == nullptr) return false;
    const std::size_t before = trace_->events().size();
    const Source::Status status = source_->drain(*trace_);
    host_reason_ = source_->host_reason();
    const bool grew = trace_->events().size() != before;
    if (grew) catch_up();
    switch (status) {
        case Source::Status::Running:
            return grew;
        case Source::Status::Finished:
            source_.reset();
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
    if (running() && index_.gated() && nothing_seen_yet) playback_.end(index_);
    playback_.grown(index_);
    if (position() == timeline_.size()) was_at_now_ = true;
}

void Session::show_connection(std::optional<ConnectionIndex> connection) {
    timeline_ = Timeline(*trace_, connection);
    index_ = view::TimelineIndex();
    index_.catch_up(timeline_);
    ++timeline_number_;
}

bool Session::looking_at_past() const {
    return running() && position() < timeline_.size() && (was_at_now_ || index_.gated());
}

SegmentId Session::shown_segment() const {
    if (selected_ != 0) return selected_;
    std::optional<std::size_t> step = index_.last_step_before(position());
    for (; step; step = index_.last_step_before(*step)) {
        const Event& event = timeline_.event(*step);
        if (const auto* sent = std::get_if<SegmentSent>(&event.fact)) return sent->segment.id;
    }
    return 0;
}

void Session::show_toast(std::string text, Moment now) {
    toast_ = Toast{std::move(text), now + kToastTime};
}

bool Session::tick(Moment now) {
    bool changed = playback_.advance(index_, running(), now);
    if (changed) selected_ = 0;
    if (toast_ && toast_->until <= now) {
        toast_.reset();
        changed = true;
    }
    return changed;
}

std::optional<Moment> Session::next_tick() const {
    std::optional<Moment> next = playback_.next_due();
    if (toast_ && (!next || toast_->until < *next)) next = toast_->until;
    return next;
}

struct Session::Applier {
    Session& s;
    Moment now;

    void moved() const { s.selected_ = 0; }

    void operator()(const StepForward&) const { s.playback_.step_forward(s.index_), moved(); }
    void operator()(const StepBack&) const { s.playback_.step_back(s.index_), moved(); }
    void operator()(const TogglePlay&) const {
        s.playback_.toggle_play(s.index_, s.running(), now), moved();
    }
    void operator()(const GoHome&) const { s.playback_.home(), moved(); }
    void operator()(const GoEnd&) const { s.playback_.end(s.index_), moved(); }
    void operator()(const SeekTenth& c) const { s.playback_.seek_tenth(s.index_, c.n), moved(); }
    void operator()(const Seek& c) const { s.playback_.seek(s.index_, c.position), moved(); }
    void operator()(const SpeedUp&) const { s.playback_.faster(), told_speed(); }
    void operator()(const SpeedDown&) const { s.playback_.slower(), told_speed(); }
    void told_speed() const { s.show_toast(say(Text::ToastSpeed, s.playback_.speed()), now); }
    void operator()(const ToggleFullScreen&) const { s.look_.full_screen = !s.look_.full_screen; }
    void operator()(const ToggleHelp&) const { s.look_.help = !s.look_.help; }
    void operator()(const ToggleTheme&) const {
        s.look_.theme = s.look_.theme == view::Theme::Dark ? view::Theme::Light : view::Theme::Dark;
    }
    void operator()(const TextLarger&) const { size_text(next_larger(s.look_.text_percent)); }
    void operator()(const TextSmaller&) const { size_text(next_smaller(s.look_.text_percent)); }
    void operator()(const TextDefault&) const { size_text(100); }
    void size_text(unsigned percent) const {
        s.look_.text_percent = percent;
        s.show_toast(say(Text::ToastText, percent), now);
    }
    void operator()(const ToggleRawNumbers&) const { s.look_.raw_numbers = !s.look_.raw_numbers; }
    void operator()(const SelectSegment& c) const {
        s.selected_ = s.timeline_.segment(c.id) != nullptr ? c.id : 0;
    }
    void operator()(const SelectConnection& c) const {
        if (c.index >= s.trace_->connections().size()) return;
        s.show_connection(c.index);
        s.playback_.home();
        moved();
    }
    void operator()(const ToggleLessons&) const {}
    void operator()(const MoveInList&) const {}
    void operator()(const ChooseInList&) const {}
    void operator()(const PickLesson& c) const { s.open_lesson(c.id); }
    void operator()(const Dismiss&) const {
        if (!s.look_.help) s.selected_ = 0;
        s.look_.help = false;
    }
    void operator()(const Quit&) const { s.quit_ = true; }
};

void Session::apply(const Command& command, Moment now) {
    std::visit(Applier{*this, now}, command);
    if (position() == timeline_.size() && timeline_.size() > 0) was_at_now_ = true;
}

}  // namespace tcpstep::session
