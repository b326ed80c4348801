#pragma once

#include "app/doctor/machine_facts.hpp"

namespace tcpstep::doctor {

/// Enters a private network in a child process and tries there what lessons need: capture, and
/// the gate that holds segments. Takes at most 10 s. Call it before there is a second thread.
PrivateNetworkFacts probe_private_network();

}  // namespace tcpstep::doctor
