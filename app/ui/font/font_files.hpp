#pragma once

#include <filesystem>

namespace tcpstep::ui::font {

/// One font: a file, and which one it is in a collection.
struct FontFile {
    std::filesystem::path path;  ///< empty where there is none
    unsigned face = 0;
};

/// The font files this machine has for each kind of letter; empty where there is none.
struct FontFiles {
    FontFile regular;
    FontFile semi_bold;
    FontFile bold;
    FontFile mono;
    FontFile symbols;  ///< has the arrows and signs that the others may lack
    FontFile chinese;  ///< in simplified forms
    FontFile chinese_bold;
};

/// Asks fontconfig: Inter, DejaVu Sans Mono and Noto Sans CJK SC, else the nearest that it knows.
FontFiles find_font_files();

}  // namespace tcpstep::ui::font
