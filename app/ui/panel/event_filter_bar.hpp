#pragma once

#include <cstddef>

#include "app/ui/event_list_state.hpp"
#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The filter of the list of events, in as many lines as its chips need; returns how high it is.
/// What is chosen goes into `state.filter`.
float paint_event_filter(const Scene& scene, Rect area, EventListState& state);
/// How high it would be.
float event_filter_height(const Scene& scene, float width);
/// How wide it is in one line.
float event_filter_width(const Scene& scene);

}  // namespace tcpstep::ui::panel
