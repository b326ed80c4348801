#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/watch/kernel.hpp"
#include "capture/live_capture.hpp"
#include "model/result.hpp"

namespace tcpstep::watch {

/// What is to be watched.
struct Subject {
    std::string interface = "lo";  ///< or capture::kEveryInterface
    std::string filter;            ///< pcap-filter(7); "": all of TCP

    /// "lo", "any, port 80".
    std::string name() const { return filter.empty() ? interface : interface + ", " + filter; }
};

struct Opened {
    capture::LiveCapture capture;
    Kernel kernel;
    std::uint32_t interface = 0;  ///< its number; 0: all
};

/// Opens the capture, then gives up every privilege of the program (capture/privileges.hpp): call
/// it before there is a second thread. `privileged` is called between the two, once nothing of the
/// subject can be wrong any more; its error is returned. BadInput if there is no such interface, or
/// the filter is not understood; MachineForbids, with the remedy, where this program may not
/// capture.
Result<Opened> open(const Subject& subject, const std::function<Result<void>()>& privileged = {});

}  // namespace tcpstep::watch
