#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "model/segment.hpp"
#include "model/time.hpp"

namespace tcpstep::exports::packetdrill {

/// A line of a packetdrill script; a comment if it says nothing.
struct DrillLine {
    model::Time time;
    std::string says = {};                    ///< a call or a packet, without its time
    const model::Segment* segment = nullptr;  ///< or this one
    std::optional<model::Time> until = {};    ///< of a call that waits: when it returned
    bool call = false;
    std::string comment = {};
};

/// From where the numbers are counted of what each end sends.
struct DrillBases {
    model::SeqBase client, server;

    const model::SeqBase& of(const model::Segment& segment) const {
        return segment.from == model::Role::Client ? client : server;
    }
};

struct DrillEnd {
    model::Role side = model::Role::Server;  ///< under test
    DrillBases bases;
};

/// Writes the lines, in the order of time, each with the time since the one before. A call that was
/// made while another one waited becomes a comment: packetdrill makes one at a time.
void write_lines(const std::vector<DrillLine>& lines, const DrillEnd& end, std::ostream& out);

}  // namespace tcpstep::exports::packetdrill
