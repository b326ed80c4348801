#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>

#include "app/session/session.hpp"
#include "model/result.hpp"

namespace tcpstep::ui::window {

struct WindowOptions {
    /// Instead of staying open: waits until the session's source has finished, renders one picture
    /// of exactly width x height into this PNG file, and returns.
    std::optional<std::filesystem::path> screenshot;
    int width = 1600;
    int height = 900;
    bool scaled = false;  ///< the window is larger where the desktop shows everything larger
    /// Position to begin at (Timeline's: after that many events); for a screenshot the end by
    /// default.
    std::optional<std::size_t> step;
    /// Called whenever something may have changed, with the window's size in pixels when it does
    /// not fill the screen.
    std::function<void(session::Session&, int width, int height)> watch;
};

/// Shows the session until the user quits. Must be called on the main thread.
/// MachineForbids if there is no display or no OpenGL 3; BadInput if the picture cannot be written
/// or the source does not finish in time for it. If the source failed, the picture is written and
/// its error returned.
Result<void> run_window(session::Session& session, const WindowOptions& options);

}  // namespace tcpstep::ui::window
