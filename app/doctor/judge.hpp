#pragma once

#include <vector>

#include "app/doctor/finding.hpp"
#include "app/doctor/machine_facts.hpp"

namespace tcpstep::doctor {

/// What the facts mean for a user, the most important first. Pure: machines that are not at hand
/// are tested by their facts.
std::vector<Finding> judge(const MachineFacts& facts);

}  // namespace tcpstep::doctor
