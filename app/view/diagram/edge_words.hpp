#pragma once

#include <string>
#include <string_view>

#include "app/view/timeline_index.hpp"
#include "model/machine.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::diagram {

/// What stands beside an edge of RFC 9293 Figure 5, in the RFC's own words.
struct EdgeLabel {
    std::string_view event;   ///< "rcv SYN", "active OPEN"
    std::string_view action;  ///< "snd SYN,ACK"; "x" where nothing is done
    bool operator==(const EdgeLabel&) const = default;
};

EdgeLabel edge_label(const model::Transition& edge);

/// The same of an edge that was taken, by what made the end take it: a RST may be sent by an ABORT,
/// but also by a CLOSE with data unread (RFC 9293 3.6.1), or to data that comes after a CLOSE. A
/// capture does not tell one from the other.
EdgeLabel taken_label(const model::Timeline& timeline, const TimelineIndex::Change& change);

/// "rcv SYN / snd SYN,ACK"
std::string edge_text(const EdgeLabel& label);
std::string edge_text(const model::Transition& edge);

/// What in this run brought that change about: "segment 1 (SYN) arrives", "close() returns".
std::string cause_text(const model::Timeline& timeline, const TimelineIndex::Change& change);

/// All that is to be told of an edge: "LISTEN → SYN_RCVD: rcv SYN / snd SYN,ACK · RFC
/// 9293 3.10.7.2. Taken here with event 14: segment 1 (SYN) arrives". `taken`: its last change;
/// nullptr if there is none.
std::string tell_edge(const model::Timeline& timeline, const TimelineIndex& index,
                      const model::Transition& edge, const TimelineIndex::Change* taken);

}  // namespace tcpstep::view::diagram
