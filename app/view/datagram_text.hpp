#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/view/segment_text.hpp"
#include "app/view/timeline_index.hpp"
#include "model/event.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// A datagram, or an ICMP error that answers one, as an arrow between the ends.
struct DatagramText {
    model::Role from = model::Role::Client;
    SegmentKind kind = SegmentKind::Data;  ///< it is painted like segments of that kind
    /// "ICMP Destination unreachable (port unreachable)", "ICMP port unreachable": the longest
    /// first.
    std::vector<std::string> words;
    std::vector<std::string> lines;  ///< the same for the terminal
    /// "127.0.0.1:9000 to 127.0.0.1:8000"; ICMP has no ports: "127.0.0.1 to 127.0.0.1".
    std::string way;
    /// What is said besides, the longest first: the way, for ICMP type and code before it.
    std::vector<std::string> numbers;
};

/// Nothing if the fact is none of them.
std::optional<DatagramText> datagram_text(const model::Fact& fact);

/// "port unreachable"; "type 5 code 0" for one without a word here.
std::string icmp_error_text(const model::IcmpErrorSent& error);

/// How many steps back one looks for what is shown of the past.
constexpr int kStepsSeen = 64;

/// The latest datagram that was sent before the position, by its event, but not farther back than
/// one sees.
std::optional<std::size_t> latest_datagram(const model::Timeline& timeline,
                                           const TimelineIndex& index, std::size_t position);

}  // namespace tcpstep::view
