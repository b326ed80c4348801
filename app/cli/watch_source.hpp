#pragma once

#include <functional>
#include <memory>

#include "app/session/source.hpp"
#include "app/watch/opening.hpp"
#include "model/result.hpp"

namespace tcpstep::cli {

/// So many segments are kept for the window: what is looked at stays in memory. Then it is over.
inline constexpr std::size_t kMostWatched = 250'000;

/// Watches on a thread of its own; `wake` is called from it whenever there is something to drain.
/// MachineForbids if there is no descriptor left.
Result<std::unique_ptr<session::Source>> open_watch(watch::Opened opened,
                                                    std::function<void()> wake,
                                                    std::size_t most = kMostWatched);

}  // namespace tcpstep::cli
