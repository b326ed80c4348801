#pragma once

#include <string>
#include <vector>

#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

class LadderFrame;

/// What is said of a segment beside its arrow: each list from the longest words to the shortest.
class LabelWords {
  public:
    explicit LabelWords(const LadderFrame& frame) : f_(frame) {}

    /// "SYN · sent again", "SYN"; "PSH, ACK · 5 octets", "PSH, ACK · len 5", "PSH, ACK".
    std::vector<std::string> flags(const Arrow& arrow) const;
    /// "ACK · SACK 8-13" of an ACK that tells what lies behind a gap; else empty.
    std::string flags_with_sack(const Arrow& arrow) const;
    /// Those words tell that it was sent again.
    bool tell_again(const Arrow& arrow, const std::string& flags) const;
    /// Those words tell how many octets it carries.
    bool tell_length(const Arrow& arrow, const std::string& flags) const;

    /// "sent again 3 times", in copies that the gate absorbed; empty if there are none.
    /// `said_again`: its flags' words say already that it is sent again itself.
    std::vector<std::string> badge(const Arrow& arrow, bool said_again) const;

    /// "seq 1  ack 1  len 5": as many of its numbers as fit into `room`; then one less; in the
    /// end the one that tells most.
    std::vector<std::string> numbers(const Arrow& arrow, bool length_is_said, float room) const;
    /// The same with its flags before them, and in the end these alone: where nothing else tells
    /// these.
    std::vector<std::string> numbers_with_flags(const Arrow& arrow, float room) const;

  private:
    const model::Segment& segment(const Arrow& arrow) const;
    model::SeqBase base(const Arrow& arrow) const;
    std::vector<std::string> lines(const Arrow& arrow, const std::string& before,
                                   bool length_is_said, float room) const;
    std::string whole(const Arrow& arrow) const;

    const LadderFrame& f_;
};

}  // namespace tcpstep::view::ladder
