#pragma once

#include <optional>
#include <string>

#include "app/ui/font/fonts.hpp"
#include "app/ui/scene.hpp"
#include "app/ui/window/changed_tiles.hpp"
#include "app/ui/window/picture.hpp"

struct GLFWwindow;

namespace tcpstep::ui::window {

/// ImGui with its GLFW and OpenGL backends, from start to shutdown. ImGui keeps its state in
/// statics of its own, so there is one of these at a time.
class ImguiSession {
  public:
    explicit ImguiSession(GLFWwindow* window);
    ~ImguiSession();
    ImguiSession(const ImguiSession&) = delete;
    ImguiSession& operator=(const ImguiSession&) = delete;

    /// There is a font for Chinese.
    bool has_chinese() const { return fonts_.have_chinese(); }

    /// Renders one frame of width x height pixels into the bound framebuffer.
    void render(const session::Session& session, int width, int height, UiState& state,
                Commands& wishes);
    /// Renders the next frame of the window, and draws of it what has changed.
    void show(const session::Session& session, int width, int height, UiState& state,
              Commands& wishes);

  private:
    void lay_out(const session::Session& session, int width, int height, UiState& state,
                 Commands& wishes);
    void fit_fonts(const session::Session& session, float em);

    font::Fonts fonts_;
    std::string payload_letters_;      // that were asked for
    ChangedTiles tiles_;               // of what is in the canvas
    std::optional<OffScreen> canvas_;  // keeps the last frame; nothing if the driver has none
};

}  // namespace tcpstep::ui::window
