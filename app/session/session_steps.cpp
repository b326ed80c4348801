// Stepping through a run with several connections: from one to the other as the run went.
#include <algorithm>

#include "app/session/session.hpp"

namespace tcpstep::session {

using namespace model;

namespace {

// Each of them is looked at whenever the run grows.
constexpr std::size_t kMostConnections = 32;

std::size_t event_at(const Timeline& timeline, std::size_t i) {
    return static_cast<std::size_t>(&timeline.event(i) - timeline.trace().events().data());
}

// The place of that event of the trace in the timeline.
std::size_t place_of(const Timeline& timeline, std::size_t event) {
    std::size_t low = 0;
    std::size_t high = timeline.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (event_at(timeline, middle) < event) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

}  // namespace

// nullptr where one connection is stepped through: it is the only one, or the user has picked it,
// or they are not of a run.
const RunSteps* Session::run_steps() const {
    const std::size_t connections = trace_->connections().size();
    const bool of_a_run = states_.known() == connections;
    if (!of_a_run || connections < 2 || connections > kMostConnections) return nullptr;
    if (stays_in_connection_) return nullptr;
    return &run_steps_.get(std::pair(trace_number_, trace_->events().size()),
                           [&] { return RunSteps(*trace_); });
}

std::optional<std::size_t> Session::shown_step() const {
    const auto step = index_.last_step_before(position());
    return step ? std::optional(event_at(timeline_, *step)) : std::nullopt;
}

// Of a run with several connections, where the next step (or the one before) is of another than
// the shown one.
const RunSteps::Step* Session::step_elsewhere(bool forward) const {
    const RunSteps* steps = run_steps();
    if (steps == nullptr) return nullptr;
    const auto here = shown_step();
    const RunSteps::Step* to =
        forward ? steps->after(here) : (here ? steps->before(*here) : nullptr);
    const bool other = to != nullptr && to->connection && to->connection != timeline_.connection();
    return other ? to : nullptr;
}

void Session::show_step(const RunSteps::Step& step) {
    const auto connection = run_steps()->shown_at(step);
    if (connection != timeline_.connection()) show_connection(connection);
    playback_.move(index_.next_stop(place_of(timeline_, step.event)));
}

bool Session::step_across(bool forward) {
    const RunSteps::Step* to = step_elsewhere(forward);
    if (to != nullptr) show_step(*to);
    return to != nullptr;
}

}  // namespace tcpstep::session
