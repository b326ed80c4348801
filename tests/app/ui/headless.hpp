#pragma once

#include <vector>

#include "app/ui/font/fonts.hpp"
#include "app/ui/scene.hpp"

namespace tcpstep::testing {

/// The whole screen without a window: ImGui with fonts and a mouse, but no renderer.
class Headless {
  public:
    Headless(float width = 1600, float height = 900);
    ~Headless();
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;

    /// One frame; returns what was wished.
    ui::Commands frame(const session::Session& session);
    void move_mouse(float x, float y);
    void press(bool down);
    void turn_wheel(float lines);
    /// Moves there, presses and lets go, and returns what was wished.
    ui::Commands click(const session::Session& session, float x, float y);

    /// What the last frame gave the renderer that is not there.
    int vertices() const;
    /// Where the last frame painted with that colour, clipped or not.
    std::vector<view::Point> painted(view::ColourRole role, float opacity,
                                     const session::Session& session) const;
    /// In the last frame something in `area` is marked as selected.
    bool marks(view::Rect area, const session::Session& session) const;

    const ui::font::Fonts& fonts() const { return fonts_; }

    ui::UiState state;

  private:
    ui::font::Fonts fonts_{ui::font::find_font_files()};
    float width_, height_;
};

}  // namespace tcpstep::testing
