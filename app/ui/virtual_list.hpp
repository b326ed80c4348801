#pragma once

#include <cstddef>

#include "app/ui/painter.hpp"

namespace tcpstep::ui {

/// Where a list of rows is scrolled to. In rows, for a million of them have more pixels than a
/// float can tell apart.
struct ListScroll {
    double top = 0;  ///< the row at the upper edge, a whole number
};

/// Rows of one height, of which only those in sight are painted, with a bar to drag. Made anew for
/// each frame.
class VirtualList {
  public:
    /// The rows of `rows` are seen in `area`, where the wheel scrolls them. `id` is unique within
    /// the window.
    VirtualList(const Painter& painter, const char* id, Rect area, float row_height,
                std::size_t rows, ListScroll& scroll);

    /// The user has scrolled in this frame.
    bool scrolled() const { return scrolled_; }
    /// Scrolls no further than it must to have these rows in sight, `last` rather than `first`.
    void show(std::size_t first, std::size_t last);

    // Of the rows in sight; ask after show().
    std::size_t first() const;
    std::size_t end() const;
    Rect box(std::size_t row) const;
    /// The part of it that is in sight.
    Rect seen(std::size_t row) const;
    /// Of whole rows, how many are in sight at once; at least one.
    std::size_t page() const;

    void paint_bar() const;

  private:
    double most() const;
    void clamp();
    void obey_mouse(const char* id);
    Rect bar() const;
    float grip_height() const;

    const Painter& painter_;
    Rect area_;
    float row_height_;
    std::size_t rows_;
    ListScroll& scroll_;
    bool scrolled_ = false;
    bool grip_held_ = false;
};

}  // namespace tcpstep::ui
