#include "app/view/diagram/placed_label.hpp"

#include <algorithm>

namespace tcpstep::view::diagram {

std::optional<PlacedLabel> placed_label(const Diagram& diagram, const DiagramEdge& edge,
                                        const EdgeLabel& label, Rect area, float em,
                                        const Measure& measure) {
    constexpr float kLittle = 0.3F;
    const float line = kLabelLine * em;
    const auto width = [&](std::string_view words) {
        return measure(TextStyle::Label, words) + 2 * kLabelPad * em;
    };
    const std::string whole = edge_text(label);
    for (const float most : {kLittle, 1.0F}) {
        const auto place = [&](float w, float h) {
            return place_label(diagram, edge, w, h, area, most);
        };
        if (const auto box = place(width(whole), line)) return PlacedLabel{*box, whole, {}};
        const float wider = std::max(width(label.event), width(label.action));
        if (const auto box = place(wider, 2 * line))
            return PlacedLabel{*box, std::string(label.event), std::string(label.action)};
        if (const auto box = place(width(label.event), line))
            return PlacedLabel{*box, std::string(label.event), {}};
    }
    return std::nullopt;
}

}  // namespace tcpstep::view::diagram
