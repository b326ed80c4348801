#pragma once

#include <string>
#include <vector>

#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

class LadderFrame;

/// What is said of a segment beside its arrow: each list from the longest words to the shortest,
/// which keep what the segment is for: the length of data, the flags of another.
class LabelWords {
  public:
    explicit LabelWords(const LadderFrame& frame) : f_(frame) {}

    /// "SYN · sent again", "SYN".
    std::vector<std::string> flags(const Arrow& arrow) const;
    /// Those words tell that it was sent again.
    bool tell_again(const Arrow& arrow, const std::string& flags) const;
    /// Those words tell how many octets it carries.
    bool tell_length(const Arrow& arrow, const std::string& flags) const;

    /// "sent again 3 times", in copies that the gate absorbed; empty if there are none.
    /// `said_again`: its flags' words say already that it is sent again itself.
    std::vector<std::string> badge(const Arrow& arrow, bool said_again) const;

    /// "seq 1  ack 1  len 5": as many of its numbers as fit into `room`; then half of these; then
    /// the one that tells most.
    std::vector<std::string> numbers(const Arrow& arrow, bool length_is_said, float room) const;

  private:
    const model::Segment& segment(const Arrow& arrow) const;
    std::string length(const Arrow& arrow) const;
    std::string whole(const Arrow& arrow) const;

    const LadderFrame& f_;
};

}  // namespace tcpstep::view::ladder
