#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/places.hpp"
#include "app/view/say.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

constexpr float kTicksApart = 4;  // em at least
constexpr Duration kMinute = std::chrono::minutes(1);

// The least round time, in ns, that is not shorter: parts of a minute, of an hour and of a day, and
// else 1, 2 or 5 times a power of ten.
double round_above(double wanted) {
    constexpr double kSecond = 1e9;
    constexpr std::array kParts = {10,   20,   30,   60,    120,   300,   600,  1200,
                                   1800, 3600, 7200, 10800, 21600, 43200, 86400};
    if (wanted > 5 * kSecond) {
        for (const int seconds : kParts)
            if (seconds * kSecond >= wanted) return seconds * kSecond;
    }
    const double power = std::pow(10, std::ceil(std::log10(std::max(wanted, 1.0))));
    for (const double part : {5.0, 2.0})
        if (power / part >= wanted) return power / part;
    return power;
}

class Moments {
  public:
    Moments(const LadderFrame& frame, TextPlacer& texts, ArrowPlaces& places, Ladder& out)
        : f_(frame), in_(frame.in()), texts_(texts), places_(places), out_(out) {}

    void add() {
        if (in_.marks_now) word_of_now();
        if (in_.axis == TimeAxis::Linear && !f_.axis().by_event()) {
            round_moments();
        } else {
            times_of_events();
        }
        if (in_.axis == TimeAxis::Collapsed && !f_.axis().by_event()) breaks();
        if (in_.marks_now) line_of_now();
    }

  private:
    // The column's text at that height, if it is free.
    bool tick(float y, std::string words, ColourRole role = ColourRole::TextDim) {
        LadderText text;
        text.style = TextStyle::MonoSmall;
        text.colour = role;
        text.text = std::move(words);
        const float room = f_.column() - 0.9F * f_.em();
        if (f_.column() <= 0 || !texts_.fit(text, room)) return false;
        text.box.x = f_.column() - 0.5F * f_.em() - text.box.w;
        text.box.y = y - text.box.h / 2;
        if (!texts_.try_at(std::move(text))) return false;
        out_.ticks.push_back(y);
        return true;
    }

    // Whole, in any case: half a time says nothing.
    std::string time_words(Duration span) const {
        std::string words = span_text(span);
        const float room = f_.column() - 0.9F * f_.em();
        const float letters = texts_.width(TextStyle::MonoSmall, words);
        if (span < kMinute || letters * TextPlacer::kLeastSqueeze <= room) return words;
        return clock_text(span);
    }

    // Those that are drawn; what happened at once stands under one time.
    void times_of_events() {
        if (f_.column() <= 0) return;
        std::string last;
        for (std::size_t i = f_.first(); i < f_.last(); i = f_.next(i)) {
            if (!in_.index.is_step(i)) continue;
            std::string words = time_words(in_.timeline.event(i).time - in_.timeline.event(0).time);
            if (words != last && tick(place_of(i), words)) last = std::move(words);
        }
    }

    // Beside the arrow's end, or the first line of the words.
    float place_of(std::size_t i) const {
        const Fact& fact = in_.timeline.event(i).fact;
        const bool lands = std::holds_alternative<SegmentDelivered>(fact) ||
                           std::holds_alternative<SegmentDropped>(fact);
        if (lands) return f_.row(i, LadderFrame::kLandedAt);
        if (in_.index.begun_by(in_.timeline, i) == 0) return f_.line(i, 0);
        return f_.row(i, in_.index.gated() ? LadderFrame::kGatedSentAt : LadderFrame::kSentAt);
    }

    void round_moments() {
        if (f_.axis().per_second() <= 0 || f_.column() <= 0) return;
        const double wanted =
            static_cast<double>(kTicksApart * f_.em()) / f_.axis().per_second() * 1e9;
        const double apart = round_above(wanted);
        if (apart < 1) return;
        const double pad = f_.axis().at(0);
        const double per_ns = f_.axis().per_second() / 1e9;
        const double first = std::max(0.0, std::floor((in_.scroll - pad) / per_ns / apart));
        for (double k = first;; ++k) {
            const double y = pad + k * apart * per_ns - in_.scroll;
            if (y > static_cast<double>(in_.height)) break;
            const auto since = Duration(static_cast<std::int64_t>(k * apart));
            tick(static_cast<float>(y), k == 0 ? "0" : time_words(since));
        }
    }

    void breaks() {
        if (f_.thinned()) return;
        for (std::size_t i = f_.first(); i < f_.last(); ++i) {
            const auto length = in_.times->cut_before(i, in_.index);
            if (!length) continue;
            const float y = (f_.row(*in_.index.last_step_before(i)) + f_.row(i)) / 2;
            out_.breaks.push_back({y, *length});
            say_length(y, span_text(*length));
        }
    }

    // In the middle of the gap or as near to it as there is room, else beside it: never left out.
    void say_length(float y, std::string words) {
        LadderText text;
        text.style = TextStyle::Small;
        text.colour = ColourRole::TextDim;
        text.text = std::move(words);
        const float line = texts_.height(text.style);
        for (const float away : {0.0F, -1.0F, 1.0F, -2.0F, 2.0F}) {
            if (places_.in_the_open(text, y + away * line, Words::Whole)) return;
        }
        const Role role = Role::Client;
        texts_.beside(std::move(text), f_.x(role) + LadderFrame::outward(role) * f_.gap(role), true,
                      y, f_.outer_room(role));
    }

    void word_of_now() {
        if (f_.position() == 0 || f_.position() != in_.timeline.size()) return;
        tick(f_.below(0), say(Text::LadderNow), ColourRole::Attention);
    }

    // Where no text is in its way.
    void line_of_now() {
        if (f_.position() == 0) return;
        const float y = f_.below(0);
        const float pad = 0.2F * f_.em();
        std::vector<std::pair<float, float>> taken;
        texts_.near(y - 1, y + 1, [&](const LadderText& text) {
            taken.emplace_back(text.box.x - pad, text.box.right() + pad);
        });
        std::sort(taken.begin(), taken.end());
        taken.emplace_back(in_.width, in_.width);
        float from = 0;
        for (const auto& [left, right] : taken) {
            if (left > from) {
                out_.now_line.push_back({from, y});
                out_.now_line.push_back({left, y});
            }
            from = std::max(from, right);
        }
    }

    const LadderFrame& f_;
    const LadderInput& in_;
    TextPlacer& texts_;
    ArrowPlaces& places_;
    Ladder& out_;
};

}  // namespace

void add_times(const LadderFrame& frame, TextPlacer& texts, ArrowPlaces& places, Ladder& ladder) {
    Moments(frame, texts, places, ladder).add();
}

}  // namespace tcpstep::view::ladder
