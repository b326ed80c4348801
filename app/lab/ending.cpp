#include "app/lab/ending.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcpstep::lab {

namespace {

// No acknowledgment is delayed longer than this (Linux: TCP_DELACK_MAX is 200 ms).
constexpr std::chrono::milliseconds kNoMoreToCome{1000};
constexpr const char* kSeeTrace = "the trace so far shows what led to it";

}  // namespace

bool Ending::at_its_end(const lesson::InState& end) const {
    const model::State state = progress_.state(end.endpoint);
    // TIME_WAIT may have been waited out: CLOSED stands for it where it was come into.
    return state == end.state ||
           (end.state == model::State::TimeWait && state == model::State::Closed &&
            progress_.was_in_time_wait(end.endpoint));
}

bool Ending::reached() const {
    const bool settled =
        stops_ ? progress_.holds(lesson_.ends_when) : !sampler_.awaits_acknowledgment();
    return progress_.all_finished() && settled &&
           std::all_of(ends().begin(), ends().end(),
                       [this](const auto& end) { return at_its_end(end); });
}

bool Ending::waits_for_time() const {
    return patience_ != nullptr && sampler_.time_wait_runs();
}

bool Ending::nothing_can_happen(model::Time now) const {
    if (waits_for_time()) return false;
    return !sampler_.kernel_will_send() && sampler_.disturbed() + kNoMoreToCome < now;
}

Error Ending::astray() const {
    for (const auto& end : ends()) {
        if (at_its_end(end)) continue;
        return {
            ErrorKind::DoesNotHold,
            fmt::format("lesson '{}': the {} ended in {}, not in {}", lesson_.id,
                        name(end.endpoint), name(progress_.state(end.endpoint)), name(end.state)),
            kSeeTrace, 0};
    }
    return {ErrorKind::DoesNotHold,
            fmt::format("lesson '{}': octets were never acknowledged", lesson_.id), kSeeTrace, 0};
}

Error Ending::stands_still(std::string_view why) const {
    return {ErrorKind::DoesNotHold, fmt::format("lesson '{}' stands still: {}", lesson_.id, why),
            kSeeTrace, 0};
}

}  // namespace tcpstep::lab
