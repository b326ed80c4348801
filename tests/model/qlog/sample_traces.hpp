#pragma once

#include <string>
#include <vector>

#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// Puts facts into a trace, 1.000001 ms apart, so that every digit of a time is used.
class TraceMaker {
  public:
    explicit TraceMaker(std::string title);

    /// Of no connection.
    TraceMaker& all(Fact fact);
    /// Of the connection chosen last.
    TraceMaker& one(Fact fact);
    TraceMaker& connection(const ConnectionId& id);

    Trace trace;

  private:
    void add(std::optional<ConnectionIndex> connection, Fact fact);

    std::optional<ConnectionIndex> current_;
};

/// A segment without options; more is set by the caller.
Segment segment(SegmentId id, Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                std::uint32_t length = 0);

/// A lab run of the handshake and the close, not gated; the client's ISN is `isn`.
Trace lab_run(std::uint32_t isn);

/// A gated run in which the SYN is sent again, duplicated and dropped, on IPv6.
Trace gated_run();

/// Every fact, every option, texts that need escapes, two generations of a connection.
Trace every_fact();

/// A capture by others, without a scenario: one connection from its SYN to its end, whose last ACK
/// may have been lost, and one that began before.
Trace capture();

/// A trace in which nothing happened.
Trace empty_trace();

struct NamedTrace {
    std::string name;
    Trace trace;
};

/// All of the above.
std::vector<NamedTrace> all_samples();

/// The whole trace as text, in either form.
std::string contained_text(const Trace& trace);
std::string sequential_text(const Trace& trace);

}  // namespace tcpstep::model::qlog
