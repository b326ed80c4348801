#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/painter.hpp"
#include "app/view/octets/header_rows.hpp"

namespace tcpstep::ui::panel {

/// The headers and the payload as rows of 32 bits, with a ruler of bits above them.
class HeaderPaint {
  public:
    /// `gap` is what is said of the payload that is not there, in a row of its own; "" for none.
    HeaderPaint(const Painter& painter, Rect area,
                const std::vector<view::octets::WireField>& fields, std::string gap);

    /// How high all rows are, and the room they are seen in, in pixels.
    float content() const { return content_; }
    float room() const { return rows_area_.h; }
    Rect rows_area() const { return rows_area_; }
    /// Where a field is from the top of all rows: its first box.
    float top_of(std::size_t field) const;
    float row_height() const { return row_; }

    /// The field at that point of the screen; nothing if there is none.
    std::optional<std::size_t> hit(Point at, float scroll) const;
    /// Its name does not stand in its place as it is: it has no room, or a shorter one has.
    bool name_is_cut(std::size_t field) const;
    /// Where it is on the screen: its first box.
    Rect place_of(std::size_t field, float scroll) const;
    /// `focus` is the field that is pointed at or chosen; fields.size() if none is.
    void paint(std::size_t focus, float scroll) const;

  private:
    void set_heights();
    float y_of(std::size_t row) const { return tops_[std::min(row, tops_.size() - 1)]; }
    Rect rect_of(const view::octets::HeaderBox& box, float scroll) const;
    void paint_ruler() const;
    void paint_margin(float scroll) const;
    void paint_box(const view::octets::HeaderBox& box, bool focus, float scroll) const;
    void paint_bit(Rect box, const view::octets::WireField& field, ColourRole ink) const;
    void paint_octet(Rect box, const view::octets::WireField& field, ColourRole dim,
                     ColourRole strong) const;
    /// How a box's words stand: the name, or a shorter one, beside the value or above it.
    struct Words {
        Rect inner;
        std::string_view name;
        bool above = false;
    };
    Words words_in(Rect box, const view::octets::WireField& field, bool tall) const;
    std::string_view name_in(float room, const view::octets::WireField& field) const;
    void paint_words(Rect box, const view::octets::WireField& field, ColourRole name,
                     ColourRole value, bool tall) const;

    const Painter& p_;
    Rect area_, rows_area_;
    const std::vector<view::octets::WireField>& fields_;
    view::octets::HeaderRows rows_;
    std::string gap_;
    std::size_t tall_;
    float margin_ = 0, row_ = 0, content_ = 0;
    std::vector<float> tops_;  // of each row, and the end of the last one
};

}  // namespace tcpstep::ui::panel
