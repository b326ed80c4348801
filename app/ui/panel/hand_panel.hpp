#pragma once

#include "app/ui/scene.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui::panel {

/// In em: what paint_hand() needs; 0 where there is nothing to do by hand. `narrow`: fewer buttons
/// stand in a row, in more of them.
float hand_height(const session::Session& session, bool narrow);

/// What the user can do at one end of a free lab: the actor's descriptors, a button for each call
/// (grey, with the reason beside the mouse, where it makes no sense), and what the calls are given.
void paint_hand(const Scene& scene, Rect area, model::Role end, bool narrow);

/// The button that saves what was done, and how wide it is; 0 where there is none.
float save_button_width(const Scene& scene);
void paint_save_button(const Scene& scene, Rect box);

}  // namespace tcpstep::ui::panel
