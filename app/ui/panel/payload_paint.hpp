#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/ui/painter.hpp"
#include "app/view/octets/payload_fields.hpp"

namespace tcpstep::ui::panel {

/// A payload as text: its characters in lines, escapes in another colour. A line feed is shown, and
/// ends the line.
class PayloadPaint {
  public:
    /// What does not fit into the area is left out.
    PayloadPaint(const Painter& painter, Rect area, std::span<const std::uint8_t> payload);

    /// How high it is, in pixels.
    float height() const;

    /// The octet of the payload with which the character at that point begins.
    std::optional<std::size_t> hit(Point at) const;
    /// `focus` is the octet that is pointed at or chosen: its character is marked.
    void paint(std::optional<std::size_t> focus) const;

  private:
    const Painter& p_;
    Rect area_;
    std::vector<view::octets::PayloadCharacter> characters_;
    std::vector<Rect> places_;  // of the first ones, as many as there is room for
};

}  // namespace tcpstep::ui::panel
