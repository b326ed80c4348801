#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/scene.hpp"

namespace tcpstep::ui {

struct ListEntry {
    std::string words;
    bool ticked = false;
    bool rule_above = false;  ///< another group begins
    bool stays = false;       ///< the list stays open when this is picked
    /// What stands behind the words, so wide, in pixels, and takes clicks of its own.
    float behind = 0;
    std::function<void(const Scene&, Rect)> paint_behind = {};
};

/// A list that opens below `anchor` once ImGui::OpenPopup(id) was called; the entry that was
/// clicked or chosen by Up, Down and Enter, if one was. Begins at the first that is ticked, of
/// those with which the list ends.
std::optional<std::size_t> popup_list(const Scene& scene, const char* id, Rect anchor,
                                      const std::vector<ListEntry>& entries);

}  // namespace tcpstep::ui
