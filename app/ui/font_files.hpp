#pragma once

#include <filesystem>

namespace tcpstep::ui {

/// The font files this machine has for each kind of letter; empty where there is none.
struct FontFiles {
    std::filesystem::path regular;
    std::filesystem::path semi_bold;
    std::filesystem::path bold;
    std::filesystem::path mono;
    std::filesystem::path symbols;  ///< has the arrows and signs that the others may lack
};

/// Asks fontconfig: Inter and DejaVu Sans Mono, else the nearest that it knows.
FontFiles find_font_files();

}  // namespace tcpstep::ui
