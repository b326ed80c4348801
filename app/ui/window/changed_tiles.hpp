#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "app/view/geometry.hpp"

struct ImDrawData;
struct ImDrawList;

namespace tcpstep::ui::window {

/// Which parts of the screen differ from what was drawn before. Where there is no graphics card it
/// is drawing that costs: a running time that reads otherwise must not draw all the rest anew.
class ChangedTiles {
  public:
    /// What has changed, in whole pixels, apart from each other.
    struct Change {
        bool all = false;               ///< so much of it that it is not worth telling
        std::vector<view::Rect> areas;  ///< empty if nothing has, or all
    };

    /// Compares with what was given before.
    Change see(const ImDrawData& data);
    /// What is on screen is not known any more: letters have another texture.
    void forget() { tiles_.clear(); }

  private:
    std::size_t across_ = 0;
    std::vector<std::uint64_t> tiles_;  // of each a hash of all that is drawn there, in its order
};

/// What of a frame is drawn in some areas.
class PartOfFrame {
  public:
    PartOfFrame(const ImDrawData& data, const std::vector<view::Rect>& areas);
    ~PartOfFrame();
    PartOfFrame(const PartOfFrame&) = delete;
    PartOfFrame& operator=(const PartOfFrame&) = delete;

    ImDrawData& data() { return *data_; }

  private:
    std::unique_ptr<ImDrawData> data_;
    std::vector<ImDrawList*> lists_;
};

}  // namespace tcpstep::ui::window
