#pragma once

#include <vector>

#include "app/doctor/machine_facts.hpp"

namespace tcpstep::doctor {

/// Tries, in the network namespace we are in, to have TCP segments on `lo` queued (NFQUEUE), with
/// each program found that can, until one accepts. Changes that namespace: use a private one.
/// iptables-extensions(8), nft(8)
std::vector<RuleAttempt> try_rules();

}  // namespace tcpstep::doctor
