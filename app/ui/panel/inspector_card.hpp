#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "app/ui/panel/payload_paint.hpp"
#include "app/ui/scene.hpp"
#include "app/view/octets/field_meaning.hpp"

namespace tcpstep::ui::panel {

/// What stands beside the bytes in the inspector: what a field means, and below it the payload as
/// text.
class InspectorCard {
  public:
    InspectorCard(const Painter& painter, Rect area) : p_(painter), area_(area) {}

    /// What the field means.
    void tell(const view::octets::FieldMeaning& meaning);
    /// Words in its stead.
    void tell(const std::string& words);
    /// What is to stand below that, once it is told: the payload, of `length` octets on the wire.
    /// Nothing where there is no room for it.
    void set_payload(std::span<const std::uint8_t> payload, std::uint32_t length);

    /// Where the text of the payload is; empty if there is none.
    Rect text_area() const { return text_area_; }
    /// The octet of the payload whose character is at that point.
    std::optional<std::size_t> hit(Point at) const;
    /// `focus` is the octet of the payload that is pointed at or chosen.
    void paint_payload(std::optional<std::size_t> focus) const;

  private:
    const Painter& p_;
    Rect area_;
    float told_ = 0;  // how high the words are
    Rect text_area_;
    std::optional<PayloadPaint> text_;
    std::string extent_;
};

}  // namespace tcpstep::ui::panel
