#include "app/ui/window/imgui_session.hpp"

#include <utility>

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

// Letters are drawn anew at another size, so that they stay sharp, in another language, and when a
// payload has other ones.
void ImguiSession::fit_fonts(const session::Session& session, float em) {
    const std::string payload = font::payload_letters(session);
    const bool known = payload_letters_.find(payload) != std::string::npos;
    if (known && fonts_.serve(em)) return;
    if (!known) payload_letters_ += payload;
    tiles_.forget();
    fonts_.load(*ImGui::GetIO().Fonts, em, font::letters_for(session) + payload_letters_);
#if IMGUI_VERSION_NUM < 19200
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

namespace {

void draw_all(int width, int height) {
    glViewport(0, 0, width, height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace

void ImguiSession::render(const session::Session& session, int width, int height, UiState& state,
                          Commands& wishes) {
    lay_out(session, width, height, state, wishes);
    draw_all(width, height);
}

void ImguiSession::show(const session::Session& session, int width, int height, UiState& state,
                        Commands& wishes) {
    lay_out(session, width, height, state, wishes);
    if (!canvas_ || canvas_->width() != width || canvas_->height() != height) {
        canvas_.reset();
        if (Result<OffScreen> canvas = OffScreen::create(width, height))
            canvas_.emplace(std::move(*canvas));
        tiles_.forget();
    }
    if (!canvas_) return draw_all(width, height);
    canvas_->bind();
    const ChangedTiles::Change change = tiles_.see(*ImGui::GetDrawData());
    if (change.all) {
        draw_all(width, height);
    } else if (!change.areas.empty()) {
        PartOfFrame part(*ImGui::GetDrawData(), change.areas);
        ImGui_ImplOpenGL3_RenderDrawData(&part.data());
    }
    canvas_->copy_to_window();
}

void ImguiSession::lay_out(const session::Session& session, int width, int height, UiState& state,
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
}

}  // namespace tcpstep::ui::window
