// What each Command does to a Session.
#include <algorithm>
#include <array>
#include <utility>

#include "app/session/claims.hpp"
#include "app/session/hold_words.hpp"
#include "app/session/session.hpp"
#include "app/view/claim_selection.hpp"
#include "app/view/say.hpp"

namespace tcpstep::session {

using namespace model;
using namespace std::chrono_literals;
using view::say;
using view::Text;

namespace {

constexpr std::array kTextPercents = {75U, 90U, 100U, 125U, 150U, 175U, 200U, 250U, 300U};

unsigned next_larger(unsigned percent) {
    const auto next = std::upper_bound(kTextPercents.begin(), kTextPercents.end(), percent);
    return next == kTextPercents.end() ? kTextPercents.back() : *next;
}

unsigned next_smaller(unsigned percent) {
    const auto here = std::lower_bound(kTextPercents.begin(), kTextPercents.end(), percent);
    return here == kTextPercents.begin() ? kTextPercents.front() : *(here - 1);
}

view::TimeAxis next_axis(view::TimeAxis axis) {
    using view::TimeAxis;
    switch (axis) {
        case TimeAxis::ByEvent:
            return TimeAxis::Linear;
        case TimeAxis::Linear:
            return TimeAxis::Collapsed;
        case TimeAxis::Collapsed:
            break;
    }
    return TimeAxis::ByEvent;
}

}  // namespace

struct Session::Applier {
    Session& s;
    Moment now;

    void moved() const { s.selection_ = {}; }
    void toast(std::string text) const { s.show_toast(std::move(text), now); }

    void operator()(const StepForward& c) const {
        const bool at_gate = s.live_held() && s.at_now();
        if (at_gate && (s.playback_.following() || s.held())) return deliver_next(c.repeated);
        s.playback_.stop();
        if (!s.step_across(true)) {
            if (at_gate) return deliver_next(c.repeated);
            s.playback_.step_forward(s.index_);
        }
        moved();
    }
    void operator()(const StepBack&) const {
        s.playback_.stop();
        if (!s.step_across(false)) s.playback_.step_back(s.index_);
        moved();
    }
    void operator()(const ShowStep& c) const {
        const RunSteps* steps = s.run_steps();
        const RunSteps::Step* step = steps == nullptr ? nullptr : steps->of_number(c.number);
        s.playback_.stop();
        if (step != nullptr) {
            s.show_step(*step);
        } else {
            s.playback_.seek(s.index_, s.index_.stop(c.number));
        }
        moved();
    }
    void operator()(const TogglePlay&) const {
        if (s.automatic()) return let_script_step(false);
        if (s.live_held() && s.at_now()) return let_script_step(true);
        s.playback_.toggle_play(s.index_, s.running(), now), moved();
    }
    void operator()(const GoHome&) const {
        if (s.run_steps() != nullptr) s.show_connection(0);
        s.playback_.home(), moved();
    }
    void operator()(const GoEnd&) const {
        s.picked_connection_ = s.stays_in_connection_ = false;
        const RunSteps* steps = s.running() ? nullptr : s.run_steps();
        const RunSteps::Step* last =
            steps == nullptr ? nullptr : steps->before(s.trace_->events().size());
        if (last != nullptr) s.show_step(*last);
        s.playback_.end(s.index_), moved();
    }
    void operator()(const SeekTenth& c) const {
        // The digits answer while something is asked; while that is looked for they do nothing.
        if (s.at_now() && s.predicting_.awaiting()) return;
        const Predicting::Asking* asking = s.predicting_.open();
        if (s.at_gate() == AtGate::Holding && asking != nullptr) {
            if (c.n >= 1 && c.n <= asking->question.choices.size())
                (*this)(AnswerQuestion{c.n - 1});
            return;
        }
        // Whoever was asked may be a digit late: at the end of what has happened none seeks.
        const bool answers = s.predicting_.on() && s.content_ == Content::Lesson;
        if (answers && s.position() == s.timeline_.size()) return;
        s.playback_.seek_tenth(s.index_, c.n), moved();
    }
    void operator()(const Seek& c) const { s.playback_.seek(s.index_, c.position), moved(); }
    void operator()(const SpeedUp&) const { s.playback_.faster(), told_speed(); }
    void operator()(const SpeedDown&) const { s.playback_.slower(), told_speed(); }
    void told_speed() const {
        if (s.automatic()) s.gate_.set_automatic(true, pace(), *s.source_);
        toast(say(Text::ToastSpeed, s.playback_.speed()));
    }
    void operator()(const ToggleFullScreen&) const { s.look_.full_screen = !s.look_.full_screen; }
    // One lies on top of the other: only one of them.
    void operator()(const ToggleHelp&) const {
        s.look_.help = !s.look_.help;
        s.look_.glossary = s.look_.connections = false;
    }
    void operator()(const ToggleGlossary&) const {
        s.look_.glossary = !s.look_.glossary;
        s.look_.help = s.look_.connections = false;
    }
    void operator()(const ToggleConnections&) const {
        if (s.trace_->connections().size() < 2 && !s.look_.connections)
            return toast(say(Text::ToastOneConnection));
        s.look_.connections = !s.look_.connections;
        s.look_.help = s.look_.glossary = false;
    }
    void operator()(const ToggleEvents&) const { s.look_.events = !s.look_.events; }
    void operator()(const FilterList&) const {
        if (!covered()) s.look_.events = true;
    }
    void operator()(const ToggleClaims&) const {
        if (claim_tally(s).all == 0) return toast(say(Text::ToastNoClaims));
        s.look_.claims = !s.look_.claims;
    }
    void operator()(const ToggleMore&) const { s.look_.more = !s.look_.more; }
    void operator()(const ToggleInspector&) const { s.look_.inspector = !s.look_.inspector; }
    void operator()(const ShowClaim& c) const {
        const std::optional<std::size_t> event = view::claim_event(s.timeline_, s.index_, c.id);
        if (!event) return;
        const auto& checked = std::get<ClaimChecked>(s.timeline_.event(*event).fact);
        // It may be about another connection than the one that is shown.
        const SegmentId shows_it = view::segment_of_claim(checked);
        const auto of = view::connection_of(*s.trace_, shows_it);
        if (of && of != s.timeline_.connection()) {
            s.show_connection(of);
            s.picked_connection_ = s.keeps_connection_ = s.stays_in_connection_ = true;
        }
        const auto there = view::claim_event(s.timeline_, s.index_, c.id);
        if (!there) return;
        s.playback_.seek(s.index_, s.index_.first_step_after(*there).value_or(s.index_.size()));
        (*this)(Select{view::selection_of_claim(checked, s.timeline_, s.index_)});
    }
    void operator()(const ToggleTheme&) const {
        s.look_.theme = s.look_.theme == view::Theme::Dark ? view::Theme::Light : view::Theme::Dark;
    }
    void operator()(const ToggleLanguage&) const {
        using strings::Language;
        if (!s.look_.chinese) return toast(say(Text::NoChineseFont));
        const bool english = strings::language() == Language::English;
        strings::set_language(english ? Language::Chinese : Language::English);
        toast(say(Text::ToastLanguage));
    }
    void operator()(const TextLarger&) const { size_text(next_larger(s.look_.text_percent)); }
    void operator()(const TextSmaller&) const { size_text(next_smaller(s.look_.text_percent)); }
    void operator()(const TextDefault&) const { size_text(100); }
    void size_text(unsigned percent) const {
        s.look_.text_percent = percent;
        toast(say(Text::ToastText, percent));
        s.toast_->of_text_size = true;
    }
    void operator()(const ToggleRawNumbers&) const { s.look_.raw_numbers = !s.look_.raw_numbers; }
    void operator()(const Select& c) const {
        s.selection_ = view::exists(c.what, s.timeline_, s.index_) ? c.what : view::Selection();
    }
    void operator()(const SelectSegment& c) const { (*this)(Select{view::SelectedSegment{c.id}}); }
    void operator()(const ChooseTimeAxis& c) const {
        s.look_.time_axis = c.axis.value_or(next_axis(s.look_.time_axis));
    }
    void operator()(const ZoomLadder&) const {}
    void operator()(const FollowLadder&) const {}
    void operator()(const DeliverHeld&) const {
        if (s.files_.dialog() != nullptr) return s.files_.accept();
        skip(), deliver();
    }
    void operator()(const TogglePredict&) const {
        s.predicting_.turn(!s.predicting_.on());
        s.predict();
        // A question says more, and stands where the toast would be.
        if (s.predicting_.open() == nullptr)
            toast(say(s.predicting_.on() ? Text::ToastPredict : Text::ToastNoPredict));
    }
    void operator()(const AnswerQuestion& c) const {
        const Predicting::Asking* asking = s.predicting_.open();
        const bool known = asking != nullptr && c.choice < asking->question.choices.size();
        if (!known || covered() || s.gate_.pending()) return;
        if (s.at_gate() == AtGate::Holding) s.predicting_.answer(c.choice);
        deliver();
    }
    void deliver() const {
        act([](const InFlight& held) { return lab::Deliver{held.segment.id}; });
    }
    void operator()(const DropHeld&) const {
        skip();
        act([](const InFlight& held) { return lab::Drop{held.segment.id}; });
    }
    void operator()(const DuplicateHeld&) const {
        skip();
        act([](const InFlight& held) { return lab::Duplicate{held.segment.id}; });
    }
    void operator()(const HoldBackHeld&) const {
        skip();
        act([](const InFlight& held) { return lab::HoldBack{held.segment.id}; });
    }
    void operator()(const ResetHeld& c) const {
        skip();
        act([&](const InFlight& held) {
            const bool on = c.toward == ResetHeld::Toward::Receiver;
            return lab::InjectReset{s.timeline_.connection().value_or(0),
                                    on ? peer(held.segment.from) : held.segment.from};
        });
    }
    void operator()(const ChooseHold& c) const {
        set_policy({c.what, s.hold_policy().transit});
        toast(say(Text::ToastHold, hold_words(c.what)));
    }
    void operator()(const ToggleSlowMotion&) const {
        const bool on = s.hold_policy().transit.count() == 0;
        set_policy({s.hold_policy().what, on ? lab::kDefaultTransit : 0ms});
        toast(on ? say(Text::ToastSlowMotion, lab::kDefaultTransit.count())
                 : say(Text::ToastNoSlowMotion));
    }
    void operator()(const SelectConnection& c) const {
        if (c.index >= s.trace_->connections().size()) return;
        const bool at_now = s.at_now();
        s.show_connection(c.index);
        s.stays_in_connection_ = true;
        // At the present moment of a run one looks at the present of that connection too.
        if (at_now) {
            s.playback_.end(s.index_);
            s.picked_connection_ = s.keeps_connection_ = true;
        } else {
            s.playback_.home();
        }
        moved();
    }
    void operator()(const OpenFile& c) const { s.files_.open(c.path); }
    void operator()(const CancelOpening&) const {
        if (s.files_.reading() != nullptr) toast(say(Text::ToastNotOpened));
        s.files_.cancel();
    }
    void operator()(const ToggleOpenDialog&) const {
        s.files_.toggle_dialog();
        s.look_.help = s.look_.glossary = s.look_.connections = false;
    }
    void operator()(const TypeInDialog& c) const { s.files_.type(c); }
    void operator()(const PickInDialog& c) const { s.files_.pick(c); }
    void operator()(const DoInDialog& c) const { s.files_.act(c); }
    void operator()(const ExportAs& c) const { s.save_as(c, now); }
    void operator()(const CopySegment& c) const { s.copy_segment(c.form, now); }
    void operator()(const ToggleExportList&) const {}
    void operator()(const ToggleCopyList&) const {}
    void operator()(const ToggleBlank&) const { s.look_.blank = !s.look_.blank; }

    void operator()(const StepConnection& c) const {
        const std::size_t all = s.trace_->connections().size();
        if (all < 2 || covered()) return;
        const auto shown = static_cast<std::ptrdiff_t>(s.timeline_.connection().value_or(0));
        const std::ptrdiff_t to = shown + c.by;
        if (to < 0 || to >= static_cast<std::ptrdiff_t>(all)) return;
        (*this)(SelectConnection{static_cast<ConnectionIndex>(to)});
        toast(say(Text::ConnectionOf, to + 1, all));
    }
    void operator()(const ToggleLessons&) const {}
    void operator()(const ToggleHoldList&) const {}
    void operator()(const MoveInList& c) const { s.files_.move(c.rows); }
    void operator()(const PickLesson& c) const { s.open_lesson(c.id); }
    void operator()(const CallByHand& c) const {
        if (!s.hand_ || covered()) return;
        if (const std::string why = s.hand_rests(); !why.empty()) return toast(why);
        moved();
        s.picked_connection_ = s.stays_in_connection_ = false;
        s.predicting_.ask_anew();
        s.called_at_ = s.trace_->events().size();
        if (const auto done = s.hand_->call(c.wish, *s.source_); !done) toast(done.error().line());
    }
    void operator()(const ChooseForHand& c) const {
        if (s.hand_) s.hand_->choose(c.end, c.choice);
    }
    void operator()(const SaveLab&) const { s.save_lab(now); }
    // What lies on top goes first.
    void operator()(const Dismiss&) const {
        if (s.look_.blank) {
            s.look_.blank = false;
        } else if (s.files_.reading() != nullptr) {
            (*this)(CancelOpening{});
        } else if (s.covered()) {
            s.files_.close_dialog();
            s.look_.help = s.look_.glossary = s.look_.connections = false;
        } else if (s.remark_) {
            s.remark_ = {};
        } else if (s.notice_) {
            s.notice_ = {};
        } else {
            s.selection_ = {};
        }
    }
    void operator()(const Quit&) const { s.quit_ = true; }

  private:
    std::chrono::milliseconds pace() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(s.playback_.interval());
    }

    void set_policy(lab::HoldPolicy policy) const {
        // A run of which nothing is known yet may turn out to be held.
        const bool may_hold = s.live_held() || s.timeline_.size() == 0;
        s.gate_.set_policy(policy, may_hold ? s.source_.get() : nullptr);
    }

    void let_script_step(bool on) const {
        if (covered()) return;
        if (on) s.predicting_.skip();
        s.gate_.set_automatic(on, pace(), *s.source_);
        moved();
        toast(say(on ? Text::ToastAutomatic : Text::ToastByHand));
    }

    // What is done to the held segment without an answer.
    void skip() const {
        if (s.at_gate() == AtGate::Holding && !covered() && !s.gate_.pending())
            s.predicting_.skip();
    }

    bool covered() const { return s.covered(); }

    void deliver_next(bool repeated) const {
        if (repeated) return;
        // In slow motion it goes on by itself.
        const std::optional<InFlight> held = s.held();
        if (!held || !held->passes_at) (*this)(DeliverHeld{});
    }

    template <class Make>
    void act(Make make) const {
        if (covered()) return;
        switch (s.at_gate()) {
            case AtGate::NoGate:
                return;
            case AtGate::Past:
                return toast(say(Text::GatePast));
            case AtGate::Over:
                return toast(say(Text::GateOver));
            case AtGate::Empty:
                s.picked_connection_ = s.stays_in_connection_ = false;
                return look_elsewhere();
            case AtGate::Holding:
                break;
        }
        moved();
        s.picked_connection_ = s.stays_in_connection_ = false;
        const InFlight held = *s.held();
        const lab::GateCommand command = make(held);
        const bool reset = std::holds_alternative<lab::InjectReset>(command);
        s.gate_.order(command, reset ? 0 : held.segment.id, *s.source_, *s.trace_);
    }

    // Nothing is held here. What is held in another connection is shown, but not acted on unseen.
    void look_elsewhere() const {
        if (s.gate_.pending()) return;
        if (s.go_where_something_is_held()) {
            toast(say(Text::ConnectionOf, *s.timeline_.connection() + 1,
                      s.trace_->connections().size()));
        } else if (s.source_->settled()) {
            toast(say(Text::GateEmpty));
        }
    }
};

void Session::apply(const Command& command, Moment now) {
    std::visit(Applier{*this, now}, command);
    if (position() == timeline_.size() && timeline_.size() > 0) was_at_now_ = true;
    stay_at_now();
    predict();
}

}  // namespace tcpstep::session
