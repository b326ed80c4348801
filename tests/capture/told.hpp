#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "capture/capture_file.hpp"
#include "tests/capture/frame.hpp"

namespace tcpstep::capture {

/// "1700000000123456789 127.0.0.1:43512 > ...": when, source, destination, segment.
std::string line_of(const WireSegment& wire);

/// What was told of a file, up to its end.
struct Told {
    std::vector<std::string> lines;  ///< line_of() of each segment
    CaptureCounts counts;
    std::string error;  ///< of open() or read()
    std::size_t steps = 0;
};

Told told_by(const std::string& path, std::size_t at_once = 1000);
/// Of a file of these octets.
Told told_of(const Octets& octets);

/// A segment of 7 octets over IPv4 and what is told of it behind its time; one of 3 over IPv6.
const Octets& packet4();
const Octets& packet6();
constexpr const char* kSegment = "127.0.0.1:43512 > 127.0.0.2:8000 P. 1000:1007(7) ack 5001";
constexpr const char* kSegment6 = "[::1]:43512 > [::2]:8000 P. 1000:1003(3) ack 5001";

/// In an Ethernet frame.
Octets framed(const Octets& packet);

/// "`time` `rest`": a line of Told.
std::string at(std::uint64_t time, const char* rest);

}  // namespace tcpstep::capture
