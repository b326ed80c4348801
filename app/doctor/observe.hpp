#pragma once

#include "app/doctor/machine_facts.hpp"

namespace tcpstep::doctor {

/// Looks at this machine, and really tries what lessons do. Leaves nothing behind. Call it before
/// there is a second thread (user_namespaces(7)).
MachineFacts observe();

}  // namespace tcpstep::doctor
