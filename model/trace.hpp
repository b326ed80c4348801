#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/address.hpp"
#include "model/address_hash.hpp"
#include "model/event.hpp"
#include "model/hash_index.hpp"
#include "model/segment_numbers.hpp"
#include "model/unknown_member.hpp"

namespace tcpstep::model {

/// What names a connection: both ends, and a number that tells apart connections that used the
/// same addresses and ports one after the other.
struct ConnectionId {
    SocketAddress client;
    SocketAddress server;
    unsigned generation = 1;

    bool operator==(const ConnectionId&) const = default;
};

/// "127.0.0.1:43512-127.0.0.1:8000", with "#2", "#3" ... from the second generation on. This is
/// the `group_id` of the trace format.
std::string to_string(const ConnectionId& id);

/// Reads what to_string writes; nothing if it is malformed.
std::optional<ConnectionId> parse_connection_id(std::string_view text);

/// An append-only, time-ordered list of Events: what was seen, live or from a file.
class Trace {
  public:
    std::string title;
    std::string description;
    /// The time zero of the file that it was read from; nothing: it is that of the first event.
    std::optional<Time> epoch;
    /// What a newer version wrote into the file, or another program. Traces made here have none.
    UnknownMembers unknown;

    const std::vector<Event>& events() const { return events_; }
    const std::vector<ConnectionId>& connections() const { return connections_; }
    /// By which a person is told its segments: numbers().name(id).
    const SegmentNumbers& numbers() const { return numbers_; }

    /// Adds a fact at the end. Events must come in ascending order of time (asserted).
    void append(Event event);

    /// The index of that connection; a new one if the trace has not met it.
    ConnectionIndex intern(const ConnectionId& id);

    /// From when its times are counted in a file; no event is earlier.
    Time zero() const { return epoch ? *epoch : events_.empty() ? Time() : events_.front().time; }

    bool operator==(const Trace& other) const;

  private:
    std::vector<Event> events_;
    std::vector<ConnectionId> connections_;
    SegmentNumbers numbers_;
    AddressHash hash_;
    HashIndex known_;  // of connections_, by hash_
};

}  // namespace tcpstep::model
