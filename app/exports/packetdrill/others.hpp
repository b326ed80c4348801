#pragma once

#include <set>

#include "model/event.hpp"
#include "model/trace.hpp"

namespace tcpstep::exports::packetdrill {

/// The calls of that end that gave it a socket of another connection than `own`: socket(), and
/// accept(), whose event names none. What is done with the descriptor later tells; of one that is
/// only accepted the order does, for accept() gives the connections in the order in which they
/// became ESTABLISHED. One of which nothing tells is not among them.
std::set<model::CallId> calls_of_others(const model::Trace& trace, model::Role side,
                                        model::ConnectionIndex own);

}  // namespace tcpstep::exports::packetdrill
