#pragma once

#include <string>

#include "app/view/palette.hpp"
#include "model/connection.hpp"

namespace tcpstep::view {

/// What the kernel itself says of one end's socket, and whether the model agrees.
struct KernelWords {
    std::string first;    ///< "ESTABLISHED  Recv-Q 0  Send-Q 5", or "not sampled yet"
    std::string second;   ///< timer and, for the server, the listener's queues; may be empty
    std::string verdict;  ///< "agrees with the model"; empty if there is nothing to compare
    bool agrees = false;  ///< a tick belongs before the verdict
    ColourRole verdict_colour = ColourRole::TextDim;
};

KernelWords kernel_words(const model::Connection& connection, model::Role role);

}  // namespace tcpstep::view
