#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace tcpstep::doctor {

/// Why something was refused; nothing if it worked.
using Refusal = std::optional<Error>;

/// What was tried inside a private network, in a process of its own.
struct PrivateNetworkFacts {
    Refusal entered;
    Refusal capture;           ///< means something only if it was entered
    Refusal gate;              ///< means something only if it was entered
    std::string gate_program;  ///< that made the gate's rule: "iptables"
    bool operator==(const PrivateNetworkFacts&) const = default;
};

/// The display that the environment names.
struct Display {
    std::string name;  ///< ":0", "wayland-0"; empty: none is named
    bool answers = false;
    bool operator==(const Display&) const = default;
};

/// What is so on this machine: observed, not judged.
struct MachineFacts {
    std::string program;  ///< absolute path of the running program
    std::string kernel;   ///< uname(2) release: "6.1.0-18-amd64"
    PrivateNetworkFacts private_network;
    Refusal host_capture;  ///< of a capture on the host's own lo
    Result<std::size_t> lessons{0};
    std::string lessons_folder;
    Display display;
    std::vector<std::string>
        absent_fonts;  ///< families that the window would like and that are not installed
};

}  // namespace tcpstep::doctor
