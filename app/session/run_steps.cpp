#include "app/session/run_steps.hpp"

#include <algorithm>
#include <map>

#include "app/view/timeline_index.hpp"

namespace tcpstep::session {

using namespace model;

RunSteps::RunSteps(const Trace& trace) {
    std::map<std::size_t, std::optional<ConnectionIndex>> found;
    for (std::size_t i = 0; i < trace.connections().size(); ++i) {
        const Timeline timeline(trace, static_cast<ConnectionIndex>(i));
        view::TimelineIndex index;
        index.catch_up(timeline);
        for (const std::size_t step : index.steps()) {
            const Event& event = timeline.event(step);
            found.emplace(static_cast<std::size_t>(&event - trace.events().data()),
                          event.connection);
        }
    }
    for (const auto& [event, connection] : found) steps_.push_back({event, connection});
}

const RunSteps::Step* RunSteps::after(std::optional<std::size_t> event) const {
    const auto later = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
        return !event || step.event > *event;
    });
    return later == steps_.end() ? nullptr : &*later;
}

const RunSteps::Step* RunSteps::before(std::size_t event) const {
    const auto later = std::find_if(steps_.begin(), steps_.end(),
                                    [&](const Step& step) { return step.event >= event; });
    return later == steps_.begin() ? nullptr : &*(later - 1);
}

const RunSteps::Step* RunSteps::of_number(std::size_t number) const {
    if (number == 0 || steps_.empty()) return nullptr;
    return &steps_[std::min(number, steps_.size()) - 1];
}

std::optional<ConnectionIndex> RunSteps::shown_at(const Step& step) const {
    const auto own = std::find_if(steps_.begin(), steps_.end(), [&](const Step& each) {
        return each.event >= step.event && each.connection;
    });
    if (own != steps_.end()) return own->connection;
    const auto last = std::find_if(steps_.rbegin(), steps_.rend(),
                                   [](const Step& each) { return each.connection.has_value(); });
    return last == steps_.rend() ? std::nullopt : last->connection;
}

}  // namespace tcpstep::session
