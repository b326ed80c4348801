#pragma once

#include <array>
#include <optional>
#include <span>

#include "model/segment_summary.hpp"
#include "model/tracking/conjecture.hpp"
#include "model/tracking/view.hpp"

namespace tcpstep::model::tracking {

/// What an arriving segment may do to an end: what happens, in order, and what must be answered.
struct Arrival {
    std::array<On, 2> on;
    std::uint8_t count = 0;
    Answer answer = Answer::None;
    Cost cost = 0;
    std::optional<State> found;  ///< where it must have been before, if that was not known

    std::span<const On> happens() const { return std::span(on).first(count); }
};

/// All that it may do: none if it changes nothing and needs no answer.
class Arrivals {
  public:
    void add(const Arrival& arrival) { arrivals_[count_++] = arrival; }
    bool empty() const { return count_ == 0; }
    std::size_t size() const { return count_; }
    const Arrival* begin() const { return arrivals_.data(); }
    const Arrival* end() const { return arrivals_.data() + count_; }

  private:
    std::array<Arrival, 3> arrivals_;
    std::uint8_t count_ = 0;
};

/// What this segment of the other end does to an end at that position if it arrives now. RFC 9293
/// 3.10.7; where Linux decides otherwise, Linux (6.18: tcp_rcv_state_process(), tcp_check_req(),
/// tcp_timewait_state_process()).
Arrivals arrive(Position at, const SegmentSummary& segment, const View& view);

}  // namespace tcpstep::model::tracking
