#pragma once

#include "model/result.hpp"

namespace tcpstep::capture {

/// Has the TCP of this network namespace wait for hours where it would give up after minutes: a
/// segment that is held can be looked at for an hour, and so can an orphan in FIN_WAIT_2. A SYN is
/// sent again after 1, 3, 7 s and so on (RFC 6298's doubling) also by kernels that would do it each
/// second at first. For a private network only: on the host it would harm everybody. A setting that
/// this kernel does not have is no error; MachineForbids if one cannot be written. ip-sysctl,
/// tcp(7)
Result<void> raise_tcp_patience();

}  // namespace tcpstep::capture
