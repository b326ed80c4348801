#pragma once

#include <cstddef>
#include <vector>

#include "app/ui/keys.hpp"
#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// Where the lines of the help stand, in pixels. In one column or two, a little smaller than asked
/// for if all of them are in sight then; else in full size, and the rows scroll.
struct HelpLayout {
    float em = 0;
    std::size_t columns = 1;
    Rect card;
    Rect rows;                 ///< what is seen of them
    std::vector<Rect> places;  ///< of each line, as if nothing were scrolled
    float keys_w = 0;          ///< what the keys have of a line
    bool wraps = false;        ///< words have more than one line
    bool below = false;        ///< they stand below the keys
    float content = 0;         ///< how high all rows are
};

HelpLayout help_layout(const Painter& painter, Rect window, const std::vector<KeyHelp>& lines);

/// All keys, over everything. A click on a line does what its key does, one beside them closes it.
/// Where they have no room they scroll, with the wheel and by scroll_help().
void paint_help(const Scene& scene, Rect window);

/// What a key does while the help is open and has more than is in sight; true if that is all it
/// does.
bool scroll_help(const session::Command& command, const session::Session& session, UiState& state);

}  // namespace tcpstep::ui::panel
