#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "model/connection_story.hpp"
#include "model/trace.hpp"
#include "model/tracked_change.hpp"

namespace tcpstep::model {

/// What the wire carried of one connection.
struct ConnectionTally {
    std::uint32_t segments = 0;
    std::uint64_t octets = 0;  ///< of payload, those sent again included
    Time began;                ///< when the first of the segments was sent; if there are any
    Time ended;                ///< and the last
};

/// An end's last state, and how sure it is.
struct LastState {
    State state = State::Unknown;
    Doubt doubt = Doubt::None;
    bool operator==(const LastState&) const = default;
};

/// What became of one connection, as far as the trace goes.
struct ConnectionSummary {
    std::array<LastState, 2> last;  ///< of the client, of the server
    ConnectionStory story;
};

/// The connections of a trace, each with its events: gathered once, so that one is told without
/// looking at the others'.
class TraceConnections {
  public:
    /// `trace` must outlive this.
    explicit TraceConnections(const Trace& trace) : trace_(&trace) {}

    /// Takes in what was appended to the trace, at most so many events. True if there are more.
    bool catch_up(std::size_t most);
    /// Events of the trace that were taken in.
    std::size_t read() const { return read_; }

    std::size_t size() const { return tallies_.size(); }
    const ConnectionTally& tally(ConnectionIndex connection) const { return tallies_[connection]; }
    /// Costs what the connection has of events. As Timeline and tracked_changes() tell it.
    ConnectionSummary summary(ConnectionIndex connection) const;

  private:
    using Key = std::tuple<SocketAddress, SocketAddress, unsigned>;  // the lower address first
    static Key key(const ConnectionId& id, unsigned generation);

    void meet_connections();
    std::vector<TrackedChange> captured(ConnectionIndex connection) const;
    std::vector<TrackedChange> folded(ConnectionIndex connection) const;
    bool data_in_syn(ConnectionIndex connection) const;

    const Trace* trace_;
    std::size_t read_ = 0;
    bool inferred_ = false;  // not a capture: see TrackedStates
    std::vector<ConnectionTally> tallies_;
    std::vector<std::vector<std::uint32_t>> events_;  // of each connection
    std::vector<std::uint32_t> common_;               // of those that concern all
    std::map<Key, ConnectionIndex> later_;            // generations, from the second on
};

}  // namespace tcpstep::model
