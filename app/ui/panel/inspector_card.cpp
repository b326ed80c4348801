#include "app/ui/panel/inspector_card.hpp"

#include <utility>

namespace tcpstep::ui::panel {

void InspectorCard::tell(const view::octets::FieldMeaning& meaning) {
    const float em = p_.em();
    p_.clip(area_);
    float y = area_.y;
    p_.fitted({area_.x, y, area_.w, 1.35F * em}, TextStyle::Flags, ColourRole::Syn, meaning.name);
    const float name = p_.width(TextStyle::Flags, meaning.name) + em;
    if (name < 0.6F * area_.w) {
        p_.fitted({area_.x + name, y, area_.w - name, 1.35F * em}, TextStyle::Small,
                  ColourRole::TextDim, meaning.place, Align::Right);
    }
    y += 1.4F * em;
    p_.fitted({area_.x, y, area_.w, 1.25F * em}, TextStyle::Mono, ColourRole::Text, meaning.value);
    y += 1.4F * em;
    p_.fitted({area_.x, y, area_.w, 1.2F * em}, TextStyle::Small,
              meaning.differs ? ColourRole::Attention : ColourRole::TextDim, meaning.before);
    y += 1.35F * em;
    y += p_.wrapped({area_.x, y}, area_.w, TextStyle::Small, ColourRole::Text, meaning.meaning);
    y += 0.25F * em;
    p_.fitted({area_.x, y, area_.w, 1.2F * em}, TextStyle::Strong, ColourRole::Attention,
              meaning.source);
    p_.unclip();
    told_ = y + 1.2F * em - area_.y;
}

void InspectorCard::tell(const std::string& words) {
    told_ = p_.wrapped({area_.x, area_.y}, area_.w, TextStyle::Body, ColourRole::TextDim, words);
}

void InspectorCard::set_payload(std::span<const std::uint8_t> payload, std::uint32_t length) {
    if (payload.empty()) return;
    const float em = p_.em();
    const float top = area_.y + told_ + 2 * em;  // below a line that says what it is
    PayloadPaint text(p_, {area_.x, top, area_.w, area_.bottom() - top}, payload);
    if (text.height() == 0) return;
    text_area_ = {area_.x, top, area_.w, text.height()};
    text_.emplace(std::move(text));
    extent_ = view::octets::payload_extent(length, payload.size());
}

std::optional<std::size_t> InspectorCard::hit(Point at) const {
    return text_ ? text_->hit(at) : std::nullopt;
}

void InspectorCard::paint_payload(std::optional<std::size_t> focus) const {
    if (!text_) return;
    const float em = p_.em();
    p_.fitted({area_.x, text_area_.y - 1.35F * em, area_.w, 1.2F * em}, TextStyle::Label,
              ColourRole::TextDim, extent_);
    text_->paint(focus);
}

}  // namespace tcpstep::ui::panel
