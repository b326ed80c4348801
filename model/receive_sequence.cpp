#include "model/receive_sequence.hpp"

#include <algorithm>

namespace tcpstep::model {

ReceiveSequence ReceiveSequence::starting_at(SeqNum next) {
    ReceiveSequence sequence;
    sequence.next_ = next;
    // Unknown; numbers are shown from here.
    sequence.initial_ = SeqNum(next.raw() - 1);
    return sequence;
}

bool ReceiveSequence::receive(SeqNum seq, std::uint32_t length, bool fin) {
    if (fin_reached_) return false;  // a repeated FIN, or octets from beyond the end
    const SeqNum past = seq + length;
    if (fin && !fin_) fin_ = past;

    if (at_or_before(seq, next_)) {
        if (before(next_, past)) next_ = past;
    } else if (length != 0) {
        beyond_.push_back({seq, past});
    }

    // What now touches RCV.NXT is in order. Few ranges ever wait: a linear search is enough.
    bool moved = true;
    while (moved) {
        moved = false;
        for (auto range = beyond_.begin(); range != beyond_.end(); ++range) {
            if (!at_or_before(range->first, next_)) continue;
            if (before(next_, range->past)) next_ = range->past;
            beyond_.erase(range);
            moved = true;
            break;
        }
    }

    if (!fin_ || *fin_ != next_) return false;
    fin_reached_ = true;
    next_ = next_ + 1;  // RFC 9293 3.4: FIN takes one sequence number
    return true;
}

}  // namespace tcpstep::model
