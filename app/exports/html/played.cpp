#include "app/exports/html/played.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcpstep::exports::html {

model::SegmentId Played::segment(std::size_t frame) const {
    for (auto step = told(frame); step; step = index.last_step_before(*step)) {
        if (const auto id = index.begun_by(timeline, *step); id != 0) return id;
    }
    return 0;
}

std::size_t Played::frame_of(std::size_t event) const {
    const auto found = std::upper_bound(positions.begin(), positions.end(), event);
    const auto frame = static_cast<std::size_t>(found - positions.begin());
    return std::min(frame, frames() - 1);
}

std::optional<std::size_t> Played::passage(std::size_t frame) const {
    const auto& ends = in_languages->passage_ends;
    if (ends.empty()) return std::nullopt;
    // They count the trace's events, of which the timeline may have one connection's.
    std::size_t events = 0;
    if (const std::size_t position = positions[frame]; position > 0) {
        const model::Event& last = timeline.event(position - 1);
        events = static_cast<std::size_t>(&last - timeline.trace().events().data()) + 1;
    }
    const auto left = in_languages->story_left;
    if (left && events >= *left) return ends.size();
    for (std::size_t i = 0; i < ends.size(); ++i)
        if (!ends[i] || events < *ends[i]) return i;
    return ends.size() - 1;
}

Result<Played> played(const model::Timeline& timeline, const Options& options) {
    Played what{timeline, {}, {}, &options.in_languages};
    what.raw_numbers = options.raw_numbers;
    what.axis = options.axis;
    what.part = options.from_step || options.to_step;
    what.index.catch_up(timeline);
    what.rows.catch_up(timeline, what.index);
    what.times.catch_up(timeline, what.index);
    const std::size_t all = what.index.steps().size();
    const std::size_t from = options.from_step.value_or(1);
    const std::size_t to = options.to_step.value_or(all);
    if (what.part && (from < 1 || from > to || to > all)) {
        return fail(ErrorKind::BadInput,
                    fmt::format("steps {} to {}: there are no such steps, the connection has {}",
                                from, to, all),
                    "choose with --from-step and --to-step, from 1 on");
    }
    if (const std::size_t most = most_steps(options.axis); to + 1 - from > most) {
        const bool in_time = options.axis != view::TimeAxis::ByEvent;
        return fail(ErrorKind::BadInput,
                    fmt::format("{} steps are too many for one page{}, which holds {}",
                                to + 1 - from, in_time ? " with an axis of time" : "", most),
                    std::string("choose with --from-step and --to-step") +
                        (in_time ? ", or --time by-event" : ""));
    }
    what.first = from - 1;
    if (what.first > 0) what.from_event = what.index.steps()[what.first];
    for (std::size_t step = what.first; step <= to; ++step)
        what.positions.push_back(step == 0 ? 0 : what.index.stop(step));
    return what;
}

}  // namespace tcpstep::exports::html
