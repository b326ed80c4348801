#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/scene.hpp"

namespace tcpstep::ui {

/// A list that opens below `anchor` once ImGui::OpenPopup(id) was called; the entry that was
/// clicked or chosen by Up, Down and Enter, if one was. `chosen` is marked.
std::optional<std::size_t> popup_list(const Scene& scene, const char* id, Rect anchor,
                                      const std::vector<std::string>& entries,
                                      std::optional<std::size_t> chosen);

}  // namespace tcpstep::ui
