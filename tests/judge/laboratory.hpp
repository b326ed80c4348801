#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "model/result.hpp"
#include "tests/judge/record.hpp"

namespace tcpstep::judge {

/// Plays the stories of these seeds, many at a time, each laboratory in a process and a private
/// network of its own; `done` is given each when it is over, in that process. MachineForbids if a
/// private network, or its gate, cannot be had; DoesNotHold if something was not captured or
/// traced.
Result<void> play(const std::vector<std::uint32_t>& seeds,
                  const std::function<void(const Record&)>& done);

}  // namespace tcpstep::judge
