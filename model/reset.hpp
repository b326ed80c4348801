#pragma once

#include <optional>

#include "model/connection.hpp"

namespace tcpstep::model {

/// The RST that would end the connection at `receiver` if it arrived now, as if its peer had sent
/// it: exactly at RCV.NXT (RFC 9293 3.10.7.4, RFC 5961 3.2), and in SYN_SENT acknowledging the SYN
/// (3.10.7.3). `from` is the peer; id and headers are left empty. Nothing where no RST is accepted:
/// in CLOSED and LISTEN, and while the sequence numbers are unknown.
std::optional<Segment> acceptable_reset(const Connection& connection, Role receiver);

}  // namespace tcpstep::model
