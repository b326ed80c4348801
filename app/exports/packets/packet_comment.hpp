#pragma once

#include <string>

#include "app/exports/packets/packet_story.hpp"

namespace tcpstep::exports::packets {

/// What a packet meant, a fact a line, in the program's language: its number, the states of both
/// ends before and after, the calls that sent it and that it let return, and what the gate did.
std::string packet_comment(const model::Trace& trace, const PacketStory& story);

}  // namespace tcpstep::exports::packets
