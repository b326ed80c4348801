#include "app/ui/window/changed_tiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <imgui.h>

#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::window {
namespace {

using namespace session;
using testing::Headless;
using view::Rect;
using namespace std::chrono_literals;

constexpr Moment kNow{};

// Corners with their colours and letters, and where they may be seen.
using Drawn = std::array<float, 19>;

std::map<Drawn, int> all_triangles(const ImDrawData& data) {
    std::map<Drawn, int> all;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            for (unsigned k = 0; k < command.ElemCount; k += 3) {
                Drawn drawn{};
                for (unsigned corner = 0; corner < 3; ++corner) {
                    const int index =
                        list.IdxBuffer[static_cast<int>(command.IdxOffset + k + corner)];
                    const ImDrawVert& v =
                        list.VtxBuffer[index + static_cast<int>(command.VtxOffset)];
                    const std::array one = {v.pos.x, v.pos.y, v.uv.x, v.uv.y,
                                            static_cast<float>(v.col)};
                    std::copy(one.begin(), one.end(), drawn.begin() + 5 * corner);
                }
                const ImVec4& clip = command.ClipRect;
                const std::array seen = {clip.x, clip.y, clip.z, clip.w};
                std::copy(seen.begin(), seen.end(), drawn.begin() + 15);
                ++all[drawn];
            }
        }
    }
    return all;
}

// Every point of it that is seen lies in one of them.
bool covered(const Drawn& t, const std::vector<Rect>& areas) {
    const float left = std::max(std::min({t[0], t[5], t[10]}), t[15]);
    const float top = std::max(std::min({t[1], t[6], t[11]}), t[16]);
    const float right = std::min(std::max({t[0], t[5], t[10]}), t[17]);
    const float bottom = std::min(std::max({t[1], t[6], t[11]}), t[18]);
    for (float y = top; y < bottom; y += 1) {
        for (float x = left; x < right; x += 1) {
            const bool in = std::any_of(areas.begin(), areas.end(), [&](const Rect& area) {
                return area.contains({x, y});
            });
            if (!in) return false;
        }
    }
    return true;
}

Session at_the_syn() {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(Seek{*session.timeline().event_of_segment(1) + 1}, kNow);
    return session;
}

TEST(ChangedTiles, TheFirstFrameIsAllAndTheSameAgainIsNothing) {
    const Session session = at_the_syn();
    Headless ui;
    ChangedTiles tiles;
    ui.frame(session);
    EXPECT_TRUE(tiles.see(*ImGui::GetDrawData()).all);
    ui.frame(session);
    const ChangedTiles::Change none = tiles.see(*ImGui::GetDrawData());
    EXPECT_FALSE(none.all);
    EXPECT_TRUE(none.areas.empty());
    tiles.forget();
    EXPECT_TRUE(tiles.see(*ImGui::GetDrawData()).all);
}

TEST(ChangedTiles, ARunningTimeIsALittleOfTheScreenAndAllOfTheChange) {
    const Session session = at_the_syn();
    Headless ui;
    ChangedTiles tiles;
    const model::Time began = session.timeline().event(session.position() - 1).time;
    ui.state.now = began + 3s;
    ui.frame(session);
    tiles.see(*ImGui::GetDrawData());
    for (const model::Duration span : {3200ms, 3700ms, 9900ms, 10s + 0ms, 75s + 0ms}) {
        const auto before = all_triangles(*ImGui::GetDrawData());
        ui.state.now = began + span;
        ui.frame(session);
        const auto after = all_triangles(*ImGui::GetDrawData());
        const ChangedTiles::Change change = tiles.see(*ImGui::GetDrawData());
        ASSERT_FALSE(change.all);
        ASSERT_FALSE(change.areas.empty());
        float area = 0;
        for (const Rect& one : change.areas) area += one.w * one.h;
        EXPECT_LT(area, 0.2F * 1600 * 900) << change.areas.size();
        std::size_t differ = 0;
        for (const auto* one : {&before, &after}) {
            const auto* other = one == &before ? &after : &before;
            for (const auto& [triangle, count] : *one) {
                const auto found = other->find(triangle);
                if (found != other->end() && found->second == count) continue;
                ++differ;
                EXPECT_TRUE(covered(triangle, change.areas));
            }
        }
        EXPECT_GT(differ, 0U);
    }
}

TEST(PartOfFrame, HoldsWhatReachesIntoItsAreasAndNothingOutside) {
    const Session session = at_the_syn();
    Headless ui;
    ui.frame(session);
    const std::vector<Rect> areas = {{64, 128, 128, 64}, {640, 64, 64, 256}};
    PartOfFrame part(*ImGui::GetDrawData(), areas);
    EXPECT_LT(part.data().TotalIdxCount, ImGui::GetDrawData()->TotalIdxCount / 2);
    EXPECT_GT(part.data().TotalIdxCount, 0);
    int indices = 0;
    for (int i = 0; i < part.data().CmdListsCount; ++i) {
        for (const ImDrawCmd& command : part.data().CmdLists[i]->CmdBuffer) {
            indices += static_cast<int>(command.ElemCount);
            const ImVec4& clip = command.ClipRect;
            EXPECT_TRUE(std::any_of(areas.begin(), areas.end(), [&](const Rect& area) {
                return clip.x >= area.x && clip.y >= area.y && clip.z <= area.right() &&
                       clip.w <= area.bottom();
            }));
        }
    }
    EXPECT_EQ(indices, part.data().TotalIdxCount);
}

// A clip of half pixels is cut by whole ones, as ImGui's backend cuts the whole of it: otherwise a
// row or a column of pixels beside an area's edge would be left as it was.
TEST(PartOfFrame, CutsAtWholePixels) {
    const Session session = at_the_syn();
    Headless ui;
    ui.frame(session);
    std::vector<Rect> areas;
    for (float x = 0; x < 1600; x += 64) areas.push_back({x, 0, 64, 900});
    PartOfFrame part(*ImGui::GetDrawData(), areas);
    for (int i = 0; i < part.data().CmdListsCount; ++i) {
        for (const ImDrawCmd& command : part.data().CmdLists[i]->CmdBuffer) {
            const ImVec4& clip = command.ClipRect;
            for (const float edge : {clip.x, clip.y, clip.z, clip.w})
                EXPECT_EQ(edge, std::floor(edge));
        }
    }
}

}  // namespace
}  // namespace tcpstep::ui::window
