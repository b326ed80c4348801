#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/painter.hpp"
#include "app/view/octets/header_rows.hpp"

namespace tcpstep::ui::panel {

/// The headers as rows of 32 bits, with a ruler of bits above them.
class HeaderPaint {
  public:
    /// `data` is what is said of the payload in a row of its own; "" for none.
    HeaderPaint(const Painter& painter, Rect area,
                const std::vector<view::octets::WireField>& fields, std::string data);

    /// How high all rows are, and the room they are seen in, in pixels.
    float content() const { return content_; }
    float room() const { return rows_area_.h; }
    Rect rows_area() const { return rows_area_; }
    /// Where a field is from the top of all rows: its first box.
    float top_of(std::size_t field) const;
    float row_height() const { return row_; }

    /// The field at that point of the screen; nothing if there is none.
    std::optional<std::size_t> hit(Point at, float scroll) const;
    /// `focus` is the field that is pointed at or chosen; fields.size() if none is.
    void paint(std::size_t focus, float scroll) const;

  private:
    float y_of(std::size_t row) const;
    Rect rect_of(const view::octets::HeaderBox& box, float scroll) const;
    void paint_ruler() const;
    void paint_margin(float scroll) const;
    void paint_box(const view::octets::HeaderBox& box, bool focus, float scroll) const;
    void paint_bit(Rect box, const view::octets::WireField& field, ColourRole ink) const;
    void paint_words(Rect box, const view::octets::WireField& field, ColourRole name,
                     ColourRole value, bool tall) const;

    const Painter& p_;
    Rect area_, rows_area_;
    const std::vector<view::octets::WireField>& fields_;
    view::octets::HeaderRows rows_;
    std::string data_;
    std::size_t tall_;
    float margin_, row_, extra_, content_;
};

}  // namespace tcpstep::ui::panel
