#include "app/session/playback.hpp"

#include <algorithm>
#include <iterator>

namespace tcpstep::session {

using view::TimelineIndex;

std::chrono::nanoseconds Playback::interval() const {
    return std::chrono::nanoseconds(static_cast<long>(500e6 / speed()));
}

void Playback::by_hand() {
    playing_ = false;
    following_ = false;
}

void Playback::step_forward(const TimelineIndex& index) {
    by_hand();
    position_ = index.next_stop(position_);
}

void Playback::step_back(const TimelineIndex& index) {
    by_hand();
    position_ = index.previous_stop(position_);
}

void Playback::home() {
    by_hand();
    position_ = 0;
}

void Playback::end(const TimelineIndex& index) {
    by_hand();
    position_ = index.size();
    following_ = true;
}

void Playback::seek(const TimelineIndex& index, std::size_t position) {
    by_hand();
    position_ = std::min(position, index.size());
}

void Playback::seek_tenth(const TimelineIndex& index, unsigned n) {
    seek(index, index.size() * std::min(n, 9U) / 10);
}

void Playback::toggle_play(const TimelineIndex& index, bool more_may_come, Moment now) {
    const bool start = !playing_;
    by_hand();
    if (!start) return;
    if (position_ >= index.size() && !more_may_come) position_ = 0;
    playing_ = true;
    due_ = now + interval();
}

bool Playback::faster() {
    if (speed_ + 1 == std::size(kSpeeds)) return false;
    ++speed_;
    return true;
}

bool Playback::slower() {
    if (speed_ == 0) return false;
    --speed_;
    return true;
}

void Playback::grown(const TimelineIndex& index) {
    if (following_) position_ = index.size();
}

bool Playback::advance(const TimelineIndex& index, bool more_may_come, Moment now,
                       const std::function<bool()>& elsewhere) {
    bool moved = false;
    while (playing_ && due_ <= now) {
        if (elsewhere && elsewhere()) {
            moved = true;
            due_ += interval();
            continue;
        }
        if (position_ >= index.size()) {
            // Nothing is owed for the time it waited at the end.
            due_ = now + interval();
            playing_ = more_may_come;
            break;
        }
        position_ = index.next_stop(position_);
        moved = true;
        due_ += interval();
    }
    if (playing_ && position_ >= index.size() && !more_may_come && !elsewhere) playing_ = false;
    return moved;
}

std::optional<Moment> Playback::next_due() const {
    return playing_ ? std::optional(due_) : std::nullopt;
}

}  // namespace tcpstep::session
