#include "app/view/ladder/places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "app/view/ladder/arrow_marks.hpp"

namespace tcpstep::view::ladder {

using model::Role;

namespace {

constexpr float kBand = 2;            // em
constexpr float kBesideCross = 1.3F;  // em: nearer, words are read as the name of what is lost
constexpr float kWords = 0.4F;        // em between texts in a line
constexpr float kApart = 0.15F;       // em between a text in the open and what is beside it
constexpr float kAround = 0.15F;      // em between a text and what stands at an arrow's end
constexpr float kFirstPlace = 0.08F;  // of an arrow's way, and as much before its end
constexpr float kLeastOpen = 3.5;     // em: in less nothing could be read

float slope_of(const Arrow& arrow) {
    return (arrow.to.y - arrow.from.y) / (arrow.to.x - arrow.from.x);
}

struct Stretch {
    float from, to;
};

// Where the arrow's line is between these heights; nothing if nowhere.
std::optional<Stretch> stretch_between(const Arrow& arrow, float top, float bottom) {
    const auto [upper, lower] = std::minmax(arrow.from.y, arrow.to.y);
    if (lower <= top || upper >= bottom) return std::nullopt;
    const auto [left, right] = std::minmax(arrow.from.x, arrow.to.x);
    if (lower - upper < 0.01F) return Stretch{left, right};
    const auto at = [&](float y) {
        return arrow.from.x + (std::clamp(y, upper, lower) - arrow.from.y) / slope_of(arrow);
    };
    const auto [from, to] = std::minmax({at(top), at(bottom)});
    return Stretch{from, to};
}

// How far the words in a box are from a line: their middle on average, and where they are nearest.
struct Away {
    float mean, least;
};

template <class Distance>
Away away_of(const Rect& box, Distance distance_from) {
    constexpr std::array kAt = {0.0F, 0.25F, 0.5F, 0.75F, 1.0F};
    float sum = 0;
    float least = std::numeric_limits<float>::max();
    for (const float at : kAt) {
        const float x = box.x + at * box.w;
        sum += distance_from(Point{x, box.centre().y});
        for (const float y : {box.y, box.bottom()})
            least = std::min(least, distance_from(Point{x, y}));
    }
    return {sum / static_cast<float>(kAt.size()), least};
}

Rect around(const Rect& box, float apart) {
    if (box.h <= 0) return box;
    return {box.x - apart, box.y - apart, box.w + 2 * apart, box.h + 2 * apart};
}

float distance(const Rect& box, Point point) {
    const float x = std::max({box.x - point.x, 0.0F, point.x - box.right()});
    const float y = std::max({box.y - point.y, 0.0F, point.y - box.bottom()});
    return std::sqrt(x * x + y * y);
}

}  // namespace

ArrowPlaces::ArrowPlaces(const LadderFrame& frame, TextPlacer& texts,
                         const std::vector<Arrow>& arrows)
    : f_(frame), texts_(texts), arrows_(arrows), bands_(kBand * frame.em(), frame.in().height) {
    const float reach = kCross * f_.em();
    ends_.reserve(arrows.size());
    for (std::size_t i = 0; i < arrows.size(); ++i) {
        const auto [top, bottom] = std::minmax(arrows[i].from.y, arrows[i].to.y);
        bands_.add(i, top - reach, bottom + reach);
        const float apart = kAround * f_.em();
        ends_.push_back({around(tail_box(arrows[i], f_.em()), apart),
                         around(end_box(arrows[i], f_.em()), apart), half_height(arrows[i])});
    }
}

bool ArrowPlaces::along(LadderText& text, const Arrow& arrow, Side side,
                        std::initializer_list<float> fractions) {
    return std::any_of(fractions.begin(), fractions.end(), [&](float t) {
        put(text, arrow, ladder::along(arrow, t), side);
        return here(text, arrow);
    });
}

bool ArrowPlaces::at_height(LadderText& text, const Arrow& arrow, Side side, float top) {
    put(text, arrow, arrow.from, side);
    const float t = (top - text.box.y) / (arrow.to.y - arrow.from.y);
    if (!(t >= kFirstPlace && t <= 1 - kFirstPlace)) return false;
    put(text, arrow, ladder::along(arrow, t), side);
    return here(text, arrow);
}

const Arrow* ArrowPlaces::arrow_of(model::SegmentId id) const {
    const auto found = std::find_if(arrows_.begin(), arrows_.end(),
                                    [id](const Arrow& arrow) { return arrow.segment == id; });
    return found == arrows_.end() ? nullptr : &*found;
}

bool ArrowPlaces::beside_box(LadderText& text, const Arrow& arrow, const Rect& box, Side side) {
    const float down = side == Side::Above ? -1.0F : 1.0F;
    const float half = box.h / 2 + 0.04F * f_.em();
    const bool steep = is_steep(arrow, text);
    Point at = box.centre();
    if (steep) at.x += down * half / slope_of(arrow);  // where the line leaves the box
    put(text, arrow, {at.x, at.y + down * half}, side);
    // The clearance counts from the line, not from the edge of the box.
    if (!steep) text.box.y -= down * std::min(clearance(arrow, text.box.w), half);
    return here(text, arrow, &box);
}

bool ArrowPlaces::here(const LadderText& text, const Arrow& arrow, const Rect* box) {
    return is_place(text, arrow, box) && texts_.try_at(text);
}

bool ArrowPlaces::is_place(const LadderText& text, const Arrow& arrow, const Rect* box) const {
    // Two texts in a line must not read as one.
    const float apart = kWords * f_.em();
    const Rect wide = {text.box.x - apart, text.box.y, text.box.w + 2 * apart, text.box.h};
    return is_inside(text.box) && texts_.is_free(wide) && !is_crossed(nullptr, text.box) &&
           !is_another(arrow, box, text.box) && !is_stacked(text);
}

bool ArrowPlaces::any_along(LadderText text, const Arrow& arrow, Side side) const {
    return std::any_of(kLabelPlaces.begin(), kLabelPlaces.end(), [&](float t) {
        put(text, arrow, ladder::along(arrow, t), side);
        return is_place(text, arrow, nullptr);
    });
}

bool ArrowPlaces::on_line(const LadderText& text, const Arrow& arrow) {
    return is_inside(text.box) && !is_crossed(&arrow, text.box) && texts_.try_at(text);
}

bool ArrowPlaces::in_the_open(LadderText text, float middle_y, Words words) {
    const float height = texts_.height(text.style);
    const float top = middle_y - height / 2;
    const float width = texts_.width(text.style, text.text);
    text.box = {(f_.left() + f_.right() - width) / 2, top, width, height};
    if (is_inside(text.box) && !is_crossed(nullptr, text.box) && texts_.try_at(text)) return true;
    const Rect room = widest_free(top, height);
    const std::string whole = text.text;
    if (room.w < kLeastOpen * f_.em() || !texts_.fit(text, room.w)) return false;
    if (words == Words::Whole && text.text != whole) return false;
    text.box.x = room.centre().x - text.box.w / 2;
    text.box.y = top;
    return texts_.try_at(std::move(text));
}

Rect ArrowPlaces::widest_free(float top, float height) const {
    std::vector<Stretch> taken;
    const float apart = kApart * f_.em();
    bands_.any(top, top + height, [&](std::uint32_t i) {
        if (const auto line = stretch_between(arrows_[i], top - apart, top + height + apart)) {
            taken.push_back({line->from - apart, line->to + apart});
        }
        for (const Rect& end : {ends_[i].tail, ends_[i].end}) {
            if (end.h > 0 && end.y < top + height && end.bottom() > top)
                taken.push_back({end.x - apart, end.right() + apart});
        }
        return false;
    });
    texts_.near(top, top + height, [&](const LadderText& text) {
        taken.push_back({text.box.x - apart, text.box.right() + apart});
    });
    std::sort(taken.begin(), taken.end(),
              [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
    Rect widest{f_.left(), top, 0, height};
    float free_from = f_.left();
    const auto take = [&](float to) {
        if (to - free_from > widest.w) widest = {free_from, top, to - free_from, height};
    };
    for (const Stretch& one : taken) {
        take(std::min(one.from, f_.right()));
        free_from = std::max(free_from, one.to);
    }
    take(f_.right());
    return widest;
}

bool ArrowPlaces::is_inside(const Rect& box) const {
    return box.x >= f_.left() && box.right() <= f_.right();
}

// Of what a slanted line of its thickness covers above a point.
float ArrowPlaces::half_height(const Arrow& arrow) const {
    const float slope = slope_of(arrow);
    return thickness_of(arrow, f_.em()) / 2 * std::hypot(1.0F, slope);
}

// How far a text of that width, set in the middle above or below a point of the arrow, must keep
// from it so that the slanted line is clear of it on its whole width.
float ArrowPlaces::clearance(const Arrow& arrow, float width) const {
    return std::abs(slope_of(arrow)) * width / 2;
}

bool ArrowPlaces::is_steep(const Arrow& arrow, const LadderText& text) const {
    return clearance(arrow, text.box.w) > 2 * f_.em();
}

// Centred above or below `at`, a point of the arrow; where that is so steep that the text would
// stand far from it, with its corner there, on the side where the line falls away.
void ArrowPlaces::put(LadderText& text, const Arrow& arrow, Point at, Side side) const {
    const bool above = side == Side::Above;
    const bool steep = is_steep(arrow, text);
    const float away = half_height(arrow) + (above ? 0.05F : 0.1F) * f_.em() +
                       (steep ? 0 : clearance(arrow, text.box.w));
    text.box.y = above ? at.y - away - text.box.h : at.y + away;
    text.box.x = at.x - text.box.w / 2;
    if (!steep) return;
    const bool falls_right = arrow.to.x > arrow.from.x;
    const float gap = 0.2F * f_.em();
    text.box.x = above == falls_right ? at.x + gap : at.x - gap - text.box.w;
}

bool ArrowPlaces::is_crossed(const Arrow* own, const Rect& box) const {
    return bands_.any(box.y, box.bottom(), [&](std::uint32_t i) {
        const Arrow& other = arrows_[i];
        if (&other == own) return false;
        const Ends& ends = ends_[i];
        if (overlap(box, ends.tail) || overlap(box, ends.end)) return true;
        const auto line = stretch_between(other, box.y - ends.half, box.bottom() + ends.half);
        return line && line->from < box.right() && line->to > box.x;
    });
}

bool ArrowPlaces::has_line(const Rect& gap) const {
    return bands_.any(gap.y, gap.bottom(), [&](std::uint32_t i) {
        const auto line = stretch_between(arrows_[i], gap.y, gap.bottom());
        return line && line->from < gap.right() && line->to > gap.x;
    });
}

bool ArrowPlaces::is_stacked(const LadderText& text) const {
    const float apart = kStacked * f_.em();
    bool stacked = false;
    texts_.near(text.box.y - apart, text.box.bottom() + apart, [&](const LadderText& other) {
        if (stacked || other.segment == 0 || other.segment == text.segment) return;
        const float left = std::max(text.box.x, other.box.x);
        const float right = std::min(text.box.right(), other.box.right());
        if (left >= right) return;
        const float top = std::min(text.box.bottom(), other.box.bottom());
        const float bottom = std::max(text.box.y, other.box.y);
        stacked = !has_line({left, top, right - left, bottom - top});
    });
    return stacked;
}

bool ArrowPlaces::is_another(const Arrow& own, const Rect* own_box, const Rect& box) const {
    const Away away = away_of(box, [&](Point point) {
        const float line = distance(own, point);
        return own_box == nullptr ? line : std::min(line, distance(*own_box, point));
    });
    const float least = away.least + kLeastNearer * f_.em();
    const float mean = away.mean * kNearer;
    const float reach = std::max(least, mean + box.h);
    return bands_.any(box.y - reach, box.bottom() + reach, [&](std::uint32_t i) {
        if (&arrows_[i] == &own) return false;
        if (arrows_[i].flight == Flight::Lost) {
            const Rect& cross = ends_[i].end;
            const float apart = kBesideCross * f_.em();
            if (overlap(box, {cross.x - apart, cross.y, cross.w + 2 * apart, cross.h})) return true;
        }
        // A box stands out so that nobody takes what is said beside it for a mere ghost's.
        if (own_box != nullptr && arrows_[i].flight == Flight::Ghost) return false;
        const Away other = away_of(box, [&](Point point) { return distance(arrows_[i], point); });
        return other.least < least || other.mean < mean;
    });
}

}  // namespace tcpstep::view::ladder
