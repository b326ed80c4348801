#pragma once

#include <optional>
#include <string>

#include "app/view/segment_text.hpp"
#include "model/connection.hpp"

namespace tcpstep::view {

/// The segment that must follow when what is held is delivered.
struct Expected {
    model::Role from = model::Role::Client;
    SegmentKind kind = SegmentKind::Ack;
    std::string label;  ///< "SYN, ACK", "ACK", "RST"
    bool operator==(const Expected&) const = default;
};

/// What the receiver of model::next_held(connection) will send in answer as TCP demands: the
/// SYN,ACK to a SYN, the ACK of data or a FIN (RFC 9293 3.10.7), the RST of a closed port. Nothing
/// where that is not certain: what a process will do next, or a kernel by itself, nobody knows.
std::optional<Expected> expected_segment(const model::Connection& connection);

}  // namespace tcpstep::view
