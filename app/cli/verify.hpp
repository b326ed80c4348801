#pragma once

#include <cstddef>
#include <string>

#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Compares the state that each sample of the kernel gives with the one that the model had
/// inferred, in every connection of `trace`. Gives how many were compared; DoesNotHold if one
/// contradicts, or if there was none to compare.
Result<std::size_t> verify(const model::Trace& trace);

}  // namespace tcpstep::cli
