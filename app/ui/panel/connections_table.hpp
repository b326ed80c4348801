#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// How wide the columns are with the bar at their right, in em.
float connections_table_width();

/// The rows of ConnectionListState::list that are in sight, below the titles by which they are
/// sorted. The columns share the width of `area`, or scroll sideways. `looking`: there may be more.
void paint_connections_table(const Scene& scene, Rect area, bool looking);

/// That one is shown, and the list goes.
void choose_connection(const Scene& scene, model::ConnectionIndex connection);

}  // namespace tcpstep::ui::panel
