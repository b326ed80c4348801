#pragma once

#include <vector>

#include "app/ui/scene.hpp"
#include "app/view/event_more.hpp"
#include "app/view/event_sentence.hpp"

namespace tcpstep::ui::panel {

/// An event in words: what happened, and the rules behind it if they are wanted.
struct Told {
    view::Happening happening;
    std::vector<view::MoreLine> more;
    bool dim = false;  ///< nothing has happened yet
};

/// How high the words of `happening` are in lines of that width.
float happening_height(const Painter& painter, float w, const view::Happening& happening);

/// Paints it into `room` of the panel `area`. What does not fit scrolls: letters that are made
/// smaller would not be read from afar.
void paint_told(const Scene& scene, Rect area, Rect room, const Told& told);

/// What Up and Down do while more is shown; true if `command` is one of them.
bool scroll_told(const session::Command& command, const session::Session& session, UiState& state);

}  // namespace tcpstep::ui::panel
