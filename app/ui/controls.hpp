#pragma once

#include <string>
#include <string_view>

#include "app/ui/icons.hpp"
#include "app/ui/painter.hpp"

namespace tcpstep::ui {

/// How much of the marker's colour, ColourRole::Here, is laid under what is selected where no words
/// stand on it. Below words it is view::kSelectedRow.
inline constexpr float kSelected = 0.4F;

/// How the mouse stands to an area.
struct Touch {
    bool hovered = false;
    bool clicked = false;
    bool held = false;
};

/// Makes `box` sensitive to the mouse. `id` is unique within the window; `tip` is shown while the
/// mouse is over it, unless it is empty.
Touch touch_area(const Painter& painter, const char* id, Rect box, std::string_view tip = {});

/// A button with an icon; `accent` makes it the one to press.
bool icon_button(const Painter& painter, const char* id, Rect box, Icon icon, std::string_view tip,
                 bool accent = false);

/// A button with a word.
bool word_button(const Painter& painter, const char* id, Rect box, std::string_view word,
                 std::string_view tip, ColourRole role = ColourRole::Text);

/// A small note beside the mouse. A note is wholly inside the window, in its full text size.
void paint_tip(const Painter& painter, std::string_view text);
/// The same beside `box`, covering nothing of its row: below it, or above it where the window ends.
void paint_tip_of(const Painter& painter, Rect box, std::string_view text);

/// Marks a row of words as selected: a little of the marker's colour below them, and its line
/// around them.
void paint_selected_row(const Painter& painter, Rect box);

/// A panel's ground with rounded corners; with a coloured edge on top if `accent` is not Panel.
void paint_panel(const Painter& painter, Rect box, ColourRole accent = ColourRole::Panel);

}  // namespace tcpstep::ui
