#pragma once

#include <string>

#include "model/segment.hpp"
#include "model/time.hpp"

namespace tcpstep::model {

/// A segment as a line of a packetdrill script: "+0.011902 < S. 0:0(0) ack 1 win 65483 <mss
/// 65495,nop,wscale 7>". What `under_test` sends is expected of the kernel (">"), what its peer
/// sends is injected ("<"). `base` is where numbers are counted from, for packetdrill both initial
/// sequence numbers; `since` is the time since the line before.
///
/// What packetdrill has no words for (Multipath TCP, unknown and malformed options) is left out.
std::string packetdrill_line(const Segment& segment, SeqBase base, Role under_test, Duration since);

}  // namespace tcpstep::model
