#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/scene.hpp"

namespace tcpstep::ui {

/// A field in which one line of text is typed; `text` is what stands in it, and becomes what was
/// typed. While it has the keyboard, keys are letters and no commands.
void text_field(const Scene& scene, const char* id, Rect box, std::string& text,
                std::string_view tip);

/// What was done in a path_field().
struct PathEdit {
    std::optional<std::string> typed;  ///< what stands in it now, if that changed
    bool complete = false;             ///< Tab was pressed
};
/// A field for a path, which has the keyboard whenever nothing else is pressed. `text` is what must
/// stand in it, `shown` what did in the frame before.
PathEdit path_field(const Scene& scene, const char* id, Rect box, const std::string& text,
                    std::string& shown, EarlyLetters& early, std::string_view tip);

/// The same for what a list is filtered by: `hint` stands in it while it is empty, and Escape
/// leaves it as it is. It takes the keyboard when UiState::focus_filter says so. True if Enter
/// ended the typing.
bool filter_field(const Scene& scene, const char* id, Rect box, std::string& text,
                  std::string_view tip, const std::string& hint);

/// Some text field has the keyboard.
bool keyboard_is_taken();

/// ImGui has spread keys that came at once over frames, and needs another one for the rest.
bool input_is_queued();

}  // namespace tcpstep::ui
