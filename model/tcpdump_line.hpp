#pragma once

#include <string>

#include "model/segment.hpp"
#include "model/time.hpp"
#include "model/trace.hpp"

namespace tcpstep::model {

/// A segment as `tcpdump -n` prints it, its time in UTC: "13:25:47.123456 IP 127.0.0.1.43512 >
/// 127.0.0.1.8000: Flags [S], seq 2871, win 65495, options [mss 65495,...], length 0".
///
/// tcpdump counts from the initial sequence numbers once it has seen them, so the numbers of a SYN
/// are always raw, and so are those of a segment that acknowledges nothing; `base` is where the
/// others are counted from (zero twice: as with its option -S).
std::string tcpdump_line(const Segment& segment, const ConnectionId& connection, SeqBase base,
                         Time time);

}  // namespace tcpstep::model
