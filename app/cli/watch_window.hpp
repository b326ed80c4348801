#pragma once

#include <functional>

#include "app/cli/options.hpp"
#include "app/session/session.hpp"
#include "app/watch/opening.hpp"
#include "model/result.hpp"

namespace tcpstep::cli {

/// `tcpstep watch --window`: what is captured, in the window, as it happens.
Result<void> watch_in_window(const watch::Subject& subject, watch::Opened opened,
                             const PlayOptions& look);

/// The window, on what `begin` gives the session to look at.
Result<void> play_from(const std::function<Result<void>(session::Session&)>& begin,
                       const PlayOptions& look);

}  // namespace tcpstep::cli
