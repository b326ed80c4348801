#pragma once

#include <optional>

#include "model/segment_summary.hpp"
#include "model/seq_num.hpp"
#include "model/time.hpp"

namespace tcpstep::watch {

/// Whether what one end has sent is acknowledged, as far as it was captured. Where it waits in
/// vain its retransmission gives up, of which no segment tells (RFC 9293 3.8.3).
class Unacknowledged {
  public:
    /// The end sends this.
    void sent(const model::SegmentSummary& segment, model::Time time) {
        const model::SeqNum end = segment.seq + segment.sequence_length();
        if (segment.flags.rst()) return;
        if (!known_ || segment.flags.syn()) acknowledged_ = next_ = segment.seq;
        known_ = true;
        if (!before(next_, end)) return;
        if (!since()) since_ = time;
        next_ = end;
    }
    /// Its peer sends this.
    void answered(const model::SegmentSummary& segment, model::Time time) {
        if (!known_ || !segment.flags.ack() || !before(acknowledged_, segment.ack)) return;
        acknowledged_ = segment.ack;
        if (before(next_, segment.ack)) next_ = segment.ack;  // not captured
        since_ = time;
    }

    /// Since when it waits, the last progress counting; nothing if all is acknowledged.
    std::optional<model::Time> since() const {
        return known_ && before(acknowledged_, next_) ? std::optional(since_) : std::nullopt;
    }

  private:
    model::SeqNum acknowledged_{0};
    model::SeqNum next_{0};
    model::Time since_{};
    bool known_ = false;
};

}  // namespace tcpstep::watch
