#pragma once

#include <string>
#include <vector>

#include "model/result.hpp"
#include "tests/judge/record.hpp"

namespace tcpstep::judge {

/// Writes segments as a capture file, raw IP, in nanoseconds, cut after the TCP header. BadInput if
/// the file cannot be written.
Result<void> write_pcap(const std::string& path, const std::vector<Captured>& segments);

/// Reads the segments of a capture file; what is not TCP is left out. BadInput.
Result<std::vector<Captured>> read_pcap(const std::string& path);

}  // namespace tcpstep::judge
