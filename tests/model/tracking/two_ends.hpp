#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "model/tracking/view.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model::tracking {

/// What one end and the other have sent so far, in numbers relative to their initial sequence
/// numbers; a segment each millisecond.
class TwoEnds {
  public:
    static constexpr std::uint32_t kOwnIsn = 0xffffffffU, kOtherIsn = 5000;

    TwoEnds& own(const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                 std::uint32_t length = 0) {
        own_.note(segment(flags, kOwnIsn, seq, ack, length), other_);
        return *this;
    }
    TwoEnds& other(const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                   std::uint32_t length = 0) {
        other_.note(segment(flags, kOtherIsn, seq, ack, length), own_);
        return *this;
    }
    /// The next one, not yet noted.
    SegmentSummary of_own(const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                          std::uint32_t length = 0) {
        return segment(flags, kOwnIsn, seq, ack, length);
    }
    SegmentSummary of_other(const std::string& flags, std::uint32_t seq, std::uint32_t ack = 0,
                            std::uint32_t length = 0) {
        return segment(flags, kOtherIsn, seq, ack, length);
    }

    const Sender& sender() const { return own_; }
    View view() const { return {own_, other_}; }

  private:
    SegmentSummary segment(const std::string& flags, std::uint32_t isn, std::uint32_t seq,
                           std::uint32_t ack, std::uint32_t length) {
        SegmentSummary segment;
        segment.id = next_;
        segment.time = Time(std::chrono::milliseconds(next_++));
        segment.flags = testing::flags_of(flags);
        segment.seq = SeqNum(isn) + seq;
        const std::uint32_t acknowledged = isn == kOwnIsn ? kOtherIsn : kOwnIsn;
        if (segment.flags.ack()) segment.ack = SeqNum(acknowledged) + ack;
        // RFC 9293 3.10.7.1: what answers a segment without ACK has the number 0.
        if (flags == "RA" && seq == 0) segment.seq = SeqNum();
        segment.length = length;
        segment.window = 500;
        return segment;
    }

    Sender own_;
    Sender other_;
    SegmentId next_ = 1;
};

}  // namespace tcpstep::model::tracking
