#pragma once

#include <vector>

#include "app/doctor/finding.hpp"

namespace tcpstep::doctor {

/// What this machine allows, found out by trying it: `tcpstep doctor` prints report(examine()).
/// Leaves nothing behind. Call it before there is a second thread (user_namespaces(7)).
std::vector<Finding> examine();

}  // namespace tcpstep::doctor
