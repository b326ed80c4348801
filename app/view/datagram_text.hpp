#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/view/segment_text.hpp"
#include "model/event.hpp"

namespace tcpstep::view {

/// A datagram, or an ICMP error that answers one, as an arrow between the ends.
struct DatagramText {
    model::Role from = model::Role::Client;
    SegmentKind kind = SegmentKind::Data;  ///< it is painted like segments of that kind
    std::vector<std::string> words;  ///< "ICMP port unreachable", "port unreachable": the longest
                                     ///< first
    std::vector<std::string> lines;  ///< the same for the terminal
    std::string way;                 ///< "127.0.0.1:9000 to 127.0.0.1:8000"
};

/// Nothing if the fact is none of them.
std::optional<DatagramText> datagram_text(const model::Fact& fact);

/// "port unreachable"; "type 5 code 0" for one without a word here.
std::string icmp_error_text(const model::IcmpErrorSent& error);

}  // namespace tcpstep::view
