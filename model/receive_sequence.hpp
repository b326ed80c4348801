#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/seq_num.hpp"

namespace tcpstep::model {

/// The receive side of an endpoint's sequence space (RFC 9293 3.3.1): RCV.NXT, what has arrived
/// beyond it out of order, and where the peer's FIN stands.
class ReceiveSequence {
  public:
    ReceiveSequence() = default;

    /// The peer's initial sequence number is known: RCV.NXT is the one after it.
    explicit ReceiveSequence(SeqNum initial) : initial_(initial), next_(initial + 1) {}

    /// For a connection met in its middle: RCV.NXT as the endpoint's own ACK tells it.
    static ReceiveSequence starting_at(SeqNum next);

    SeqNum initial() const { return initial_; }
    SeqNum next() const { return next_; }

    /// Takes `length` octets that start at `seq`, followed by a FIN if `fin`. Returns true if
    /// with this segment the FIN is reached in order: all before it has arrived.
    bool receive(SeqNum seq, std::uint32_t length, bool fin);

    bool fin_reached() const { return fin_reached_; }

    bool operator==(const ReceiveSequence&) const = default;

  private:
    struct Range {
        SeqNum first;
        SeqNum past;  ///< the one just after the last
        bool operator==(const Range&) const = default;
    };

    SeqNum initial_;
    SeqNum next_;
    std::vector<Range> beyond_;  // arrived out of order, not touching next_
    std::optional<SeqNum> fin_;  // sequence number of the peer's FIN, once seen
    bool fin_reached_ = false;
};

}  // namespace tcpstep::model
