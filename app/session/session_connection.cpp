// Which of a run's connections a session shows.
#include <algorithm>
#include <iterator>
#include <utility>

#include "app/session/session.hpp"

namespace tcpstep::session {

using namespace model;

void Session::show_connection(std::optional<ConnectionIndex> connection) {
    timeline_ = Timeline(*trace_, connection);
    index_ = view::TimelineIndex();
    index_.catch_up(timeline_);
    ++timeline_number_;
}

// While one follows, what is looked at is where the next step will be: the connection that has
// waited longest, as the lesson's script and the terminal step, else the newest, once it has begun.
// One that the user picked is shown until he acts again, and stepped in as long as something is
// held there. Only when the run has settled: between a delivery and the answer to it nothing is
// held either. True if another connection is shown now.
bool Session::go_where_something_is_held() {
    const auto shown = timeline_.connection();
    if (!live_held() || !playback_.following() || !shown || picked_connection_) return false;
    const std::size_t met = std::exchange(connections_met_, trace_->connections().size());
    if (keeps_connection_ && states_.holds(*shown)) return false;
    std::optional<ConnectionIndex> there = states_.longest_waiting();
    if (!there && connections_met_ > met)
        there = static_cast<ConnectionIndex>(connections_met_ - 1);
    if (!there || there == shown) return false;
    keeps_connection_ = false;
    show_connection(*there);
    playback_.end(index_);
    selection_ = {};
    return true;
}

// What a call by hand has led to is shown where it happened, though something is held elsewhere;
// until the user acts again, as if he had picked that connection. Not between an order to the gate
// and what comes of it. True if another connection is shown now.
bool Session::go_where_it_was_called() {
    const auto shown = timeline_.connection();
    if (!called_at_ || !shown || !playback_.following() || gate_.pending() ||
        predicting_.awaiting())
        return false;
    const auto& events = trace_->events();
    if (events.size() <= *called_at_) return false;  // it has not begun
    const auto from = events.begin() + static_cast<std::ptrdiff_t>(*called_at_);
    const auto last = std::find_if(events.rbegin(), std::make_reverse_iterator(from),
                                   [](const Event& event) { return event.connection.has_value(); });
    called_at_.reset();
    if (last == std::make_reverse_iterator(from)) return false;
    picked_connection_ = keeps_connection_ = true;
    if (last->connection == shown) return false;
    connections_met_ = trace_->connections().size();
    show_connection(last->connection);
    playback_.end(index_);
    selection_ = {};
    return true;
}

// Who follows what others do is shown the newest connection once the shown one is over: unless he
// has picked it. True if another one is shown now.
bool Session::go_to_newest_watched() {
    const auto shown = timeline_.connection();
    const auto newest = static_cast<ConnectionIndex>(trace_->connections().size() - 1);
    if (!watching() || !shown || shown == newest || !playback_.following() || picked_connection_)
        return false;
    const auto over = [](State state) {
        return state == State::Closed || state == State::TimeWait;
    };
    const Connection& now = timeline_.at(timeline_.size());
    if (!over(now.client.state()) || !over(now.server.state())) return false;
    show_connection(newest);
    playback_.end(index_);
    selection_ = {};
    return true;
}

}  // namespace tcpstep::session
