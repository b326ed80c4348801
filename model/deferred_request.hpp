#pragma once

#include <optional>

#include "model/time.hpp"

namespace tcpstep::model {

/// What Linux counts of a request in SYN_RCVD whose listener has TCP_DEFER_ACCEPT: such a request
/// drops an ACK without data until that many timeouts of its SYN,ACK have passed
/// (tcp_check_req()). Once an ACK was dropped nothing is sent again before the last of them
/// (syn_ack_recalc()); the ACK of that SYN,ACK then counts. Times are those of the events.
class DeferredRequest {
  public:
    /// The listener answered a SYN that it did not know.
    void begins() { *this = DeferredRequest(); }
    /// The SYN came again: the SYN,ACK that answers it at once is no timeout's.
    void syn_again(Time when) { syn_at_ = when; }
    /// The SYN,ACK was sent again.
    void answered_again(Time when);
    /// An ACK without data arrived, while the listener waits for data as long as so many timeouts.
    /// Whether it is dropped.
    bool drops_ack(unsigned timeouts);

    bool operator==(const DeferredRequest&) const = default;

  private:
    unsigned timeouts_ = 0;
    bool acknowledged_ = false;  // by an ACK that was dropped
    bool over_ = false;          // the last timeout has passed
    std::optional<Time> syn_at_;
};

}  // namespace tcpstep::model
