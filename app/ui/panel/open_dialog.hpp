#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The dialog that chooses a file, over everything, if it is open.
void paint_open_dialog(const Scene& scene, Rect window);

/// How far the reading of a file has come, if one is read and takes its time; with a button that
/// ends it. What is beside it stays alive.
void paint_reading(const Scene& scene, Rect window);

}  // namespace tcpstep::ui::panel
