#pragma once

#include "model/result.hpp"

namespace tcpstep::capture {

/// Takes the calling process out of the host's network: into a new user namespace, in which it is
/// root, and a new network namespace, in which there is nothing but `lo`, up. Needs no privileges
/// and cannot be undone. Must be called before the process has a second thread; sockets opened
/// before stay on the host. MachineForbids, with the remedy, if the system does not allow it: then
/// the process may be in the namespaces with no rights, and should end.
///
/// user_namespaces(7), network_namespaces(7)
Result<void> enter_private_network();

}  // namespace tcpstep::capture
