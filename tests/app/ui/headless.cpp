#include "tests/app/ui/headless.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/font/letters.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/ui/window/screen.hpp"

namespace tcpstep::testing {

Headless::Headless(float width, float height) : width_(width), height_(height) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = ImVec2(width, height);
    io.DeltaTime = 1.0F / 60;
#if IMGUI_VERSION_NUM >= 19200
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#endif
}

Headless::~Headless() {
    ImGui::DestroyContext();
}

ui::Commands Headless::frame(const session::Session& session) {
    const float em = ui::window::arrange(width_, height_, session.look().text_percent, 0,
                                         {session.look().more, session.look().inspector, false,
                                          session.look().events})
                         .em;
    if (!fonts_.serve(em)) fonts_.load(*ImGui::GetIO().Fonts, em, ui::font::letters_for(session));
    ui::window::apply_theme(session.look().theme, em);
    ImGui::NewFrame();
    ui::Commands wishes;
    ui::window::paint_screen(session, fonts_, state, wishes);
    ImGui::Render();
    return wishes;
}

int Headless::vertices() const {
    return ImGui::GetDrawData()->TotalVtxCount;
}

std::vector<view::Point> Headless::painted(view::ColourRole role, float opacity,
                                           const session::Session& session) const {
    const view::Rgb c = view::colour(role, session.look().theme);
    const ImU32 ink = IM_COL32(c.r, c.g, c.b, static_cast<int>(std::lround(255 * opacity)));
    std::vector<view::Point> points;
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) {
        for (const ImDrawVert& vertex : data->CmdLists[i]->VtxBuffer)
            if (vertex.col == ink) points.push_back({vertex.pos.x, vertex.pos.y});
    }
    return points;
}

bool Headless::marks(view::Rect area, const session::Session& session) const {
    auto points = painted(view::ColourRole::Here, ui::kSelected, session);
    const auto rows = painted(view::ColourRole::Here, view::kSelectedRow, session);
    points.insert(points.end(), rows.begin(), rows.end());
    return std::any_of(points.begin(), points.end(),
                       [&](view::Point point) { return area.contains(point); });
}

void Headless::move_mouse(float x, float y) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMousePosEvent(x, y);
#else
    ImGui::GetIO().MousePos = ImVec2(x, y);
#endif
}

void Headless::press(bool down) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseButtonEvent(0, down);
#else
    ImGui::GetIO().MouseDown[0] = down;
#endif
}

void Headless::turn_wheel(float lines) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseWheelEvent(0, lines);
#else
    ImGui::GetIO().MouseWheel = lines;
#endif
}

ui::Commands Headless::click(const session::Session& session, float x, float y) {
    ui::Commands all;
    const auto collect = [&](ui::Commands wishes) {
        all.insert(all.end(), wishes.begin(), wishes.end());
    };
    move_mouse(x, y);
    collect(frame(session));
    collect(frame(session));
    press(true);
    collect(frame(session));
    press(false);
    collect(frame(session));
    collect(frame(session));
    return all;
}

}  // namespace tcpstep::testing
