#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#include "capture/capture_file.hpp"
#include "model/observation.hpp"

namespace tcpstep::cli {

/// Writes a line for each connection of a finished observation, in aligned columns under a heading:
/// both ends, segments, duration, both ends' last states, how it began and ended. A state that is
/// only assumed is marked; the marks that occur are explained below. Nothing if there is none.
/// Stops when `out` fails.
void write_table(const model::Observation& observation, std::ostream& out);

/// "packets: 12, TCP segments: 11, connections: 2, not TCP: 1, malformed: 0", and what else was
/// worth noting.
std::string summary_line(const capture::CaptureCounts& counts, std::size_t connections);

}  // namespace tcpstep::cli
