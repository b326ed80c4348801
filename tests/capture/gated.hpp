#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "capture/segment_gate.hpp"
#include "tests/capture/loopback.hpp"

namespace tcpstep::capture {

/// A segment that stands at the gate.
struct Held {
    std::uint32_t number = 0;
    Packet packet;
    std::vector<std::uint8_t> bytes;

    /// "SYN, ACK", with the octets of payload if there are any: "PSH, ACK (5)"; "nothing" if there
    /// is none.
    std::string kind() const;
};

/// A gate, and what has stopped at it. Whatever stops must be a TCP segment.
class Gated {
  public:
    explicit Gated(RulePrograms programs = kRulePrograms);

    /// Waits for the next segment to stop, for at most kPatience; its number is 0 if none has.
    Held next();

    /// Waits for the next segment, lets it go on and returns it.
    Held deliver_next();

    void deliver(const Held& held);

    /// Nothing has stopped that next() has not returned.
    bool nothing_waits();

    /// Delivers what stops, in the order in which it stops, until `holds`, for at most kPatience;
    /// whether it held then.
    bool deliver_until(const std::function<bool()>& holds);

    SegmentGate gate;

  private:
    void drain();

    std::deque<Held> waiting_;
};

/// An established connection: each segment of its handshake was held, and delivered.
struct GatedConnection {
    Socket listener;
    Socket client;
    Socket server;
    model::SeqNum client_next;  ///< SND.NXT of both, RFC 9293 3.3.1
    model::SeqNum server_next;
};

GatedConnection connect_through(Gated& gated, Family family);

/// The states that the kernel has both ends in: "SYN_SENT, SYN_RCVD"; "-" for an end that it has
/// no socket for.
std::string states(const model::SocketAddress& client, const model::SocketAddress& server);
std::string states(const GatedConnection& connection);

/// connect() has come to its good end.
bool is_connected(const Socket& client);

/// accept() would not wait.
bool can_accept(const Socket& listener);

/// Sends these octets, all at once.
void send_octets(const Socket& socket, const std::vector<std::uint8_t>& octets);

/// Octets that it has sent and that are not acknowledged yet.
std::size_t unacknowledged(const Socket& socket);

/// Everything that can be read now without waiting.
std::vector<std::uint8_t> read_octets(const Socket& socket);

/// `count` octets that are hardly alike at two places.
std::vector<std::uint8_t> pattern(std::size_t count);

}  // namespace tcpstep::capture
