#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/ui/painter.hpp"
#include "app/view/octets/hex_dump.hpp"
#include "app/view/octets/wire_fields.hpp"

namespace tcpstep::ui::panel {

/// The headers in hex: offset, octets, letters.
class HexPaint {
  public:
    HexPaint(const Painter& painter, Rect area, std::span<const std::uint8_t> headers,
             const std::vector<view::octets::WireField>& fields);

    float content() const;
    float room() const { return area_.h; }
    Rect area() const { return area_; }
    float top_of(std::size_t field) const;
    float row_height() const { return line_; }

    /// The field to which the bit at that point belongs: within an octet its bits go from left to
    /// right. Nothing where there is no octet.
    std::optional<std::size_t> hit(Point at, float scroll) const;
    void paint(std::size_t focus, float scroll) const;

    /// Width that lines of so many octets take.
    static float width(const Painter& painter, std::size_t octets);

  private:
    Rect octet_rect(std::size_t octet, float scroll) const;
    Rect letter_rect(std::size_t octet, float scroll) const;
    void paint_octet(std::size_t octet, std::size_t focus, float scroll) const;

    const Painter& p_;
    Rect area_;
    std::span<const std::uint8_t> headers_;
    const std::vector<view::octets::WireField>& fields_;
    float letter_, line_;
    std::size_t in_line_;
};

}  // namespace tcpstep::ui::panel
