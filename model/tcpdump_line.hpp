#pragma once

#include <string>

#include "model/segment.hpp"
#include "model/time.hpp"
#include "model/trace.hpp"

namespace tcpstep::model {

/// The segment as tcpdump prints it, but for the time: "IP 127.0.0.1.40000 > 127.0.0.1.8000: Flags
/// [P.], seq 1:6, ack 1, win 64, options [nop,nop,TS val 7 ecr 5], length 5". The numbers of a SYN,
/// and of what has no ACK, are as in the header, the others relative to `base`; with SeqBase() all
/// are as in the header, as with -S.
std::string to_tcpdump_line(const Segment& segment, const ConnectionId& connection, SeqBase base);

/// The datagram likewise: "IP 127.0.0.1.40000 > 127.0.0.1.8000: UDP, length 5".
std::string to_tcpdump_line(const DatagramSent& datagram);

/// What stands before it, in UTC: "13:25:47.123456".
std::string to_tcpdump_time(Time time);

}  // namespace tcpstep::model
