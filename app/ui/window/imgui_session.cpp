#include "app/ui/window/imgui_session.hpp"

#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
// After ImGui's loader-free headers: GLFW brings the plain OpenGL functions.
#include <GLFW/glfw3.h>

#include "app/ui/font/letters.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/ui/window/screen.hpp"

namespace tcpstep::ui::window {

ImguiSession::ImguiSession(GLFWwindow* window) : fonts_(font::find_font_files()) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().LogFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init("#version 130");
}

ImguiSession::~ImguiSession() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
}

// Letters are drawn anew at another size, so that they stay sharp, and in another language.
void ImguiSession::fit_fonts(const session::Session& session, float em) {
    if (fonts_.serve(em)) return;
    fonts_.load(*ImGui::GetIO().Fonts, em, font::letters_for(session));
#if IMGUI_VERSION_NUM < 19200
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

void ImguiSession::render(const session::Session& session, int width, int height, UiState& state,
                          Commands& wishes) {
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    const float em =
        arrange(w, h, session.look().text_percent, 0,
                {session.look().more, session.look().inspector, false, session.look().events})
            .em;
    fit_fonts(session, em);
    apply_theme(session.look().theme, em);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGui::GetIO().DisplaySize = ImVec2(w, h);
    ImGui::GetIO().DisplayFramebufferScale = ImVec2(1, 1);
    ImGui::NewFrame();
    paint_screen(session, fonts_, state, wishes);
    ImGui::Render();
    glViewport(0, 0, width, height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace tcpstep::ui::window
