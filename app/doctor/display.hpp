#pragma once

#include <string>

#include "app/doctor/machine_facts.hpp"

namespace tcpstep::doctor {

/// The environment's variables that name a display; empty where one is not set.
struct DisplayVariables {
    std::string display;          ///< DISPLAY, X(7): ":0", "host:10.0"
    std::string wayland_display;  ///< WAYLAND_DISPLAY: "wayland-0", or an absolute path
    std::string runtime_folder;   ///< XDG_RUNTIME_DIR
};

/// Which of them a window would open on, and whether somebody listens at its socket. A display on
/// another host is believed, not asked.
Display find_display(const DisplayVariables& variables);

}  // namespace tcpstep::doctor
