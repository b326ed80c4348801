#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/strings/strings.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/socket_kind.hpp"
#include "model/connection.hpp"
#include "model/machine.hpp"

namespace tcpstep::view {

/// What a standard demands, in our own words, and what Linux does besides or otherwise.
struct Rule {
    std::string_view document;  ///< "RFC 9293", "POSIX", "Linux"
    std::string_view section;   ///< "3.10.7.3"; "connect()"; may be empty
    strings::Text says;
    std::optional<strings::Text> linux_does = {};

    /// "RFC 9293 3.10.7.3 · SYN-SENT STATE"
    std::string source() const;
};

/// The rule by which an edge of the machine is taken; with nullptr, that a state was only proved.
Rule rule_of(const model::Transition* edge);
/// How such a segment is made and numbered; `answers_syn`: it is a SYN that answers one.
Rule rule_of_sending(SegmentKind kind, bool answers_syn);
/// How a call appears in the RFC's user interface, by the call's name; of a socket that does not
/// speak TCP what Linux makes of it.
Rule rule_of_call(std::string_view call, SocketKind kind);
/// Of an ACK that reaches a listener, or its request in SYN_RCVD, and opens nothing: why not.
/// Nothing if it is none. `before`: the connection as it arrives.
std::optional<Rule> rule_of_idle_ack(const model::Segment& segment,
                                     const model::Connection& before);

}  // namespace tcpstep::view
