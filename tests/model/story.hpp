#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/connection.hpp"
#include "model/segment.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::testing {

/// "SA": SYN and ACK.
Flags flags_of(const std::string& letters);

/// Writes traces for tests the way one tells a story: who sends what, in numbers relative to each
/// end's initial sequence number.
class Story {
  public:
    /// Both initial sequence numbers; take them near 2^32 to test the wrap.
    explicit Story(std::uint32_t client_isn = 1000, std::uint32_t server_isn = 5000);

    Story& lab(bool gated = false);
    Story& listen();
    Story& close_listener();
    /// A segment: flags as letters, "S", "SA", "A", "F", "FA", "PA", "R", "RA".
    Story& send(Role from, const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                std::uint32_t length = 0);
    Story& client(const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                  std::uint32_t length = 0) {
        return send(Role::Client, flags, seq, ack, length);
    }
    Story& server(const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                  std::uint32_t length = 0) {
        return send(Role::Server, flags, seq, ack, length);
    }
    Story& fact(Fact fact);
    /// The segments from here on carry this time of their sender's clock (TSval), and this of the
    /// receiver's (TSecr).
    Story& clock(std::uint32_t timestamp, std::uint32_t echo = 0);
    /// Nothing happens for so long.
    Story& wait(Duration duration);
    /// A call on this connection that succeeds at once.
    Story& call(Role role, const std::string& call, std::vector<CallArgument> arguments = {},
                Process process = 0);

    Story& handshake();
    /// The close in four segments, the client first; after handshake() and no data.
    Story& four_way_close();

    /// The next segment gets this id.
    SegmentId next_id() const { return next_segment_; }

    const Trace& trace() const { return trace_; }
    /// "CLOSED SYN_SENT ESTABLISHED": the states one end went through.
    std::string states(Role role) const;
    Connection result() const;

  private:
    Trace trace_;
    std::uint32_t client_isn_;
    std::uint32_t server_isn_;
    ConnectionIndex connection_ = 0;
    SegmentId next_segment_ = 1;
    CallId next_call_ = 1;
    std::int64_t clock_ = 0;
    std::optional<Timestamps> timestamps_;
};

}  // namespace tcpstep::model::testing
