#pragma once

#include <functional>
#include <optional>

#include <poll.h>

#include "app/watch/opening.hpp"
#include "app/watch/watcher.hpp"
#include "model/result.hpp"
#include "model/time.hpp"

namespace tcpstep::watch {

/// The watcher's questions to this kernel, which must outlive them.
Watcher::Ask asking(Opened& opened);

/// Lets `watcher` watch what is captured, as it comes, until `go_on` says no, which is asked after
/// each round: when something was captured or was due, when `bell` (poll(2)) rings or a signal
/// came, and at `until`. Errors: the interface is gone, the kernel cannot be asked any more.
Result<void> watch_live(capture::LiveCapture& capture, Watcher& watcher, pollfd bell,
                        std::optional<model::Time> until, const std::function<bool()>& go_on);

}  // namespace tcpstep::watch
