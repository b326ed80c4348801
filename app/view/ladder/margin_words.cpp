#include "app/view/ladder/margin_words.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// Of Crowded: what counts most is the least.
constexpr std::uint32_t kNewestState = 0, kSelected = 1, kStates = 2;

constexpr float kApart = 0.12F;        // em between names on an axis of time
constexpr float kRounding = 0.02F;     // em by event, where rows keep them apart
constexpr float kHalfLifeline = 0.3F;  // em: of the thickest one, and a bit

}  // namespace

bool MarginWords::fit(LadderText& text) {
    text.selected = text.stands_for == f_.in().selection;
    return texts_.fit(text, f_.outer_room(role_));
}

void MarginWords::add_state(LadderText name, std::size_t event, float moment, bool newest) {
    if (!fit(name)) return;
    Words words;
    const std::size_t age = f_.position() - std::min(event, f_.position());
    words.crowded.rank =
        newest ? kNewestState
        : name.selected
            ? kSelected
            : static_cast<std::uint32_t>(std::min<std::size_t>(kStates + age, kLasting - 1));
    words.crowded.moment = moment;
    words.crowded.height = name.box.h;
    words.crowded.farthest = kFarthestState * f_.em();
    words.crowded.at_ease = kFarthest * f_.em();
    words.lines.push_back(std::move(name));
    words_.push_back(std::move(words));
}

void MarginWords::add_call(std::vector<LadderText> lines, float first, float last, Call how) {
    std::erase_if(lines, [&](LadderText& line) { return !fit(line); });
    if (lines.empty()) return;
    Words words;
    const float line = lines.front().box.h;
    const bool by_event = f_.axis().by_event();
    if (lines.size() > 1) words.apart = by_event ? std::max(last - first, line) : 1.1F * line;
    // In the middle of its rows, or of its moment.
    words.crowded.moment = by_event ? (first + last) / 2 : first;
    words.crowded.height = line + words.apart;
    words.crowded.rank =
        lines.front().selected ? kSelected : kLasting + static_cast<std::uint32_t>(how);
    words.crowded.farthest = words.crowded.at_ease = kFarthest * f_.em();
    words.lines = std::move(lines);
    words_.push_back(std::move(words));
}

void MarginWords::not_returned(CallId call) {
    for (Words& words : words_) {
        if (words.crowded.rank == kLasting + static_cast<std::uint32_t>(Call::Entered) &&
            words.lines.front().stands_for == Selection(SelectedCall{role_, call})) {
            words.crowded.rank = kLasting + static_cast<std::uint32_t>(Call::Returned);
        }
    }
}

void MarginWords::settle() {
    std::stable_sort(words_.begin(), words_.end(), [](const Words& a, const Words& b) {
        return a.crowded.moment < b.crowded.moment;
    });
    std::vector<Crowded> crowd;
    for (const Words& words : words_) {
        crowd.push_back(words.crowded);
        crowd.back().height += (f_.axis().by_event() ? kRounding : kApart) * f_.em();
    }
    const auto middles = settle_crowd(crowd, {f_.top(), f_.below(0)});
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (middles[i]) put(words_[i], *middles[i]);
    }
    words_.clear();
}

void MarginWords::put(Words& words, float middle) {
    const float outward = LadderFrame::outward(role_);
    const float edge = f_.x(role_) + outward * f_.gap(role_);
    float y = middle - words.apart * static_cast<float>(words.lines.size() - 1) / 2;
    const bool leads = std::abs(middle - words.crowded.moment) > kLeads * f_.em();
    for (LadderText& line : words.lines) {
        line.box.x = role_ == Role::Client ? edge - line.box.w : edge;
        line.box.y = y - line.box.h / 2;
        y += words.apart;
        if (leads && &line == &words.lines.front())
            line.leads_to =
                Point{f_.x(role_) + outward * kHalfLifeline * f_.em(), words.crowded.moment};
        texts_.try_at(std::move(line));
    }
}

}  // namespace tcpstep::view::ladder
