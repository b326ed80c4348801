#pragma once

#include "app/ui/font/fonts.hpp"
#include "app/ui/scene.hpp"

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

  private:
    void fit_fonts(const session::Session& session, float em);

    font::Fonts fonts_;
};

}  // namespace tcpstep::ui::window
