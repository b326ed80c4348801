#pragma once

#include <string>

#include "model/event.hpp"
#include "model/segment.hpp"
#include "model/time.hpp"

namespace tcpstep::model {

/// A segment as a line of a packetdrill script: "+0.011902 < S. 0:0(0) ack 1 win 65483 <mss
/// 65495,nop,wscale 7>". What `under_test` sends is expected of the kernel (">"), what its peer
/// sends is injected ("<"). `base` is where numbers are counted from, for packetdrill both initial
/// sequence numbers; `since` is the time since the line before.
///
/// What packetdrill has no words for (Multipath TCP, unknown and malformed options) is left out;
/// what is left is filled up to whole words of 32 bits, as packetdrill asks for.
std::string packetdrill_line(const Segment& segment, SeqBase base, Role under_test, Duration since);

/// A datagram likewise: "+0.000010 > udp (5)".
std::string packetdrill_line(const DatagramSent& datagram, Role under_test, Duration since);

/// "+0.011902": the time since the line before. Microseconds are what packetdrill can tell apart.
std::string packetdrill_time(Duration since);

}  // namespace tcpstep::model
