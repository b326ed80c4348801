#pragma once

#include "tests/judge/record.hpp"
#include "tests/judge/truth.hpp"

namespace tcpstep::judge {

/// The true states of both ends of every connection of a story, from what the kernel said.
///
/// With the tracepoint: every event is a state, but (1) CLOSED out of FIN_WAIT_2 or CLOSING may
/// mean that only a time-wait entry is left; the next sample says whether that stands for
/// TIME_WAIT, for FIN_WAIT_2 or is gone; (2) a request's SYN_RCVD, and what becomes of a time-wait
/// entry, are known from samples alone, which are taken after every step, a step being one call or
/// one segment that arrives; (3) a state that an event leaves, and that nobody told, was passed
/// within that step. Without it: the samples.
Truth derive(const Record& record);

}  // namespace tcpstep::judge
