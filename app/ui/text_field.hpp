#pragma once

#include <string>
#include <string_view>

#include "app/ui/scene.hpp"

namespace tcpstep::ui {

/// A field in which one line of text is typed; `text` is what stands in it, and becomes what was
/// typed. While it has the keyboard, keys are letters and no commands.
void text_field(const Scene& scene, const char* id, Rect box, std::string& text,
                std::string_view tip);

/// The same for what a list is filtered by: `hint` stands in it while it is empty, and Escape
/// leaves it as it is. With `focus` it takes the keyboard.
void filter_field(const Scene& scene, const char* id, Rect box, std::string& text,
                  std::string_view tip, const std::string& hint, bool focus);

/// Some text field has the keyboard.
bool keyboard_is_taken();

/// ImGui has spread keys that came at once over frames, and needs another one for the rest.
bool input_is_queued();

}  // namespace tcpstep::ui
