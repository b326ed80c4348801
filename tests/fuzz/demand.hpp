#pragma once

#include <cstdio>
#include <cstdlib>

namespace tcpstep::fuzz {

/// Ends the process if something does not hold: then libFuzzer keeps the input.
inline void demand(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

}  // namespace tcpstep::fuzz
