#include "app/cli/connections_now.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::cli {

using namespace model;

void ConnectionsNow::catch_up() {
    const auto& events = trace_->events();
    for (; read_ < events.size(); ++read_) {
        const Event& event = events[read_];
        if (event.connection) {
            // Until now nothing has happened to it but what concerns all.
            if (*event.connection >= known_) {
                known_ = *event.connection + std::size_t{1};
                all_.resize(known_, common_);
            }
            take(all_[*event.connection], event);
            continue;
        }
        take(common_, event);
        for (Now& now : all_) take(now, event);
    }
}

void ConnectionsNow::take(Now& now, const Event& event) {
    apply(now.connection, event);
    if (const auto* sample = std::get_if<SocketSampled>(&event.fact)) {
        now.sampled[sample->endpoint == Role::Client ? 0 : 1] = event.time;
    }
}

std::optional<ConnectionsNow::Stop> ConnectionsNow::next_stop() const {
    std::optional<Stop> first;
    for (std::size_t i = 0; i < all_.size(); ++i) {
        const auto& in_flight = all_[i].connection.in_flight;
        // What passes by itself waits for nobody.
        const auto held = std::find_if(in_flight.begin(), in_flight.end(), [](const InFlight& one) {
            return one.held && one.copy_of == 0 && !one.passes_at;
        });
        if (held == in_flight.end()) continue;
        // What is held back lets the others go first.
        const auto rank = [](const InFlight& one) { return std::pair(one.held_back, one.since); };
        if (first && rank(*first->segment) <= rank(*held)) continue;
        first = Stop{static_cast<ConnectionIndex>(i), &*held};
    }
    return first;
}

}  // namespace tcpstep::cli
