#pragma once

#include <string>
#include <vector>

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// A strip below the top bar that must not be overlooked.
struct Notice {
    std::string text;
    ColourRole ground = ColourRole::AlarmBack;
    bool ends_past = false;  ///< clicking it returns to now
    bool closes = false;     ///< clicking it takes it away
};

/// What there is to say: a failure, lost segments, looking at the past.
std::vector<Notice> notices(const session::Session& session);
void paint_notices(const Scene& scene, Rect area, const std::vector<Notice>& notices);

/// Nothing but black; a click ends it.
void paint_blank(const Scene& scene, Rect window);

/// A word about what a key just did.
void paint_toast(const Scene& scene, Rect window);

}  // namespace tcpstep::ui::panel
