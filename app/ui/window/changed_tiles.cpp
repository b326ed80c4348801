#include "app/ui/window/changed_tiles.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <imgui.h>

namespace tcpstep::ui::window {

using view::Rect;

namespace {

constexpr std::size_t kTile = 64;      // pixels
constexpr std::size_t kMostAreas = 8;  // more of them are one, which holds them all

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 29);
}

std::uint64_t of(float a, float b) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(a)} << 32 | std::bit_cast<std::uint32_t>(b);
}

std::uint64_t hash_of(const ImDrawVert& vertex) {
    return mixed(mixed(mixed(0, of(vertex.pos.x, vertex.pos.y)), of(vertex.uv.x, vertex.uv.y)),
                 vertex.col);
}

/// From `left` to before `right`, and likewise down.
struct Box {
    float left, top, right, bottom;
    bool empty() const { return left >= right || top >= bottom; }
    Box within(const Box& other) const {
        return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
                std::min(bottom, other.bottom)};
    }
};

Box box_of(const ImVec4& clip) {
    return {clip.x, clip.y, clip.z, clip.w};
}
// The pixels that ImGui's backend makes of it; OpenGL counts rows from the bottom.
Box pixels_of(const ImVec4& clip, float height) {
    const float left = std::floor(clip.x);
    const float bottom = height - std::floor(height - clip.w);
    return {left, bottom - std::floor(clip.w - clip.y), left + std::floor(clip.z - clip.x), bottom};
}
Box box_of(const Rect& area) {
    return {area.x, area.y, area.right(), area.bottom()};
}

/// A triangle as it is drawn.
struct Triangle {
    const ImDrawVert* corners[3];

    Box box() const {
        const auto [left, right] =
            std::minmax({corners[0]->pos.x, corners[1]->pos.x, corners[2]->pos.x});
        const auto [top, bottom] =
            std::minmax({corners[0]->pos.y, corners[1]->pos.y, corners[2]->pos.y});
        return {left, top, right, bottom};
    }
};

template <class Visit>
void each_triangle(const ImDrawList& list, const ImDrawCmd& command, Visit visit) {
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3)
        visit(Triangle{{vertices + index[i], vertices + index[i + 1], vertices + index[i + 2]}}, i);
}

std::size_t tiles_in(float pixels) {
    return (static_cast<std::size_t>(std::max(0.0F, std::ceil(pixels))) + kTile - 1) / kTile;
}

// Runs of changed tiles, and those of the rows below that reach as far.
std::vector<Rect> areas_of(const std::vector<bool>& changed, std::size_t across) {
    constexpr auto kSide = static_cast<float>(kTile);
    std::vector<Rect> areas;
    for (std::size_t i = 0; i < changed.size();) {
        if (!changed[i]) {
            ++i;
            continue;
        }
        const std::size_t row = i / across;
        std::size_t end = i;
        while (end < (row + 1) * across && changed[end]) ++end;
        const Rect run = {static_cast<float>(i % across) * kSide, static_cast<float>(row) * kSide,
                          static_cast<float>(end - i) * kSide, kSide};
        const auto above = std::find_if(areas.begin(), areas.end(), [&](const Rect& area) {
            return area.x == run.x && area.w == run.w && area.bottom() == run.y;
        });
        if (above != areas.end()) {
            above->h += kSide;
        } else {
            areas.push_back(run);
        }
        i = end;
    }
    if (areas.size() <= kMostAreas) return areas;
    Box all = box_of(areas.front());
    for (const Rect& area : areas) {
        all.left = std::min(all.left, area.x);
        all.right = std::max(all.right, area.right());
        all.bottom = std::max(all.bottom, area.bottom());
    }
    return {{all.left, all.top, all.right - all.left, all.bottom - all.top}};
}

ImDrawList& list_of(const ImDrawData& data, int number) {
    return *data.CmdLists[number];
}

}  // namespace

ChangedTiles::Change ChangedTiles::see(const ImDrawData& data) {
    const std::size_t across = tiles_in(data.DisplaySize.x);
    std::vector<std::uint64_t> tiles(across * tiles_in(data.DisplaySize.y), 0);
    const Box screen = {0, 0, data.DisplaySize.x, data.DisplaySize.y};
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = list_of(data, i);
        for (const ImDrawCmd& command : list.CmdBuffer) {
            const Box clip = box_of(command.ClipRect).within(screen);
            const std::uint64_t where =
                mixed(mixed(0, of(clip.left, clip.top)), of(clip.right, clip.bottom));
            each_triangle(list, command, [&](const Triangle& triangle, unsigned) {
                const Box box = triangle.box().within(clip);
                if (box.left > box.right || box.top > box.bottom) return;
                std::uint64_t hash = where;
                for (const ImDrawVert* corner : triangle.corners)
                    hash = mixed(hash, hash_of(*corner));
                const auto last_column =
                    std::min(static_cast<std::size_t>(box.right) / kTile, across - 1);
                const auto last_row = std::min(static_cast<std::size_t>(box.bottom) / kTile,
                                               tiles.size() / across - 1);
                for (auto y = static_cast<std::size_t>(box.top) / kTile; y <= last_row; ++y) {
                    for (auto x = static_cast<std::size_t>(box.left) / kTile; x <= last_column; ++x)
                        tiles[y * across + x] = mixed(tiles[y * across + x], hash);
                }
            });
        }
    }
    const bool known = across == across_ && tiles.size() == tiles_.size();
    std::vector<bool> changed(tiles.size());
    std::size_t count = 0;
    for (std::size_t i = 0; known && i < tiles.size(); ++i) {
        changed[i] = tiles[i] != tiles_[i];
        count += changed[i] ? 1 : 0;
    }
    across_ = across;
    tiles_ = std::move(tiles);
    if (!known || 2 * count > tiles_.size()) return {true, {}};
    return {false, areas_of(changed, across)};
}

PartOfFrame::PartOfFrame(const ImDrawData& data, const std::vector<Rect>& areas)
    : data_(std::make_unique<ImDrawData>(data)) {
    data_->TotalIdxCount = 0;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& whole = list_of(data, i);
        ImDrawList* part = whole.CloneOutput();
        lists_.push_back(part);
        part->CmdBuffer.clear();
        part->IdxBuffer.clear();
        for (const Rect& area : areas) {
            for (const ImDrawCmd& command : whole.CmdBuffer) {
                const Box clip =
                    pixels_of(command.ClipRect, data.DisplaySize.y).within(box_of(area));
                if (clip.empty()) continue;
                ImDrawCmd cut = command;
                cut.ClipRect = ImVec4(clip.left, clip.top, clip.right, clip.bottom);
                cut.IdxOffset = static_cast<unsigned>(part->IdxBuffer.Size);
                const ImDrawIdx* index = whole.IdxBuffer.Data + command.IdxOffset;
                each_triangle(whole, command, [&](const Triangle& triangle, unsigned at) {
                    const Box box = triangle.box().within(clip);
                    if (box.left > box.right || box.top > box.bottom) return;
                    for (unsigned k = 0; k < 3; ++k) part->IdxBuffer.push_back(index[at + k]);
                });
                cut.ElemCount = static_cast<unsigned>(part->IdxBuffer.Size) - cut.IdxOffset;
                if (cut.ElemCount > 0) part->CmdBuffer.push_back(cut);
            }
        }
        data_->TotalIdxCount += part->IdxBuffer.Size;
    }
#if IMGUI_VERSION_NUM >= 18980
    data_->CmdLists.clear();
    for (ImDrawList* list : lists_) data_->CmdLists.push_back(list);
#else
    data_->CmdLists = lists_.data();
#endif
}

PartOfFrame::~PartOfFrame() {
    for (ImDrawList* list : lists_) IM_DELETE(list);
}

}  // namespace tcpstep::ui::window
