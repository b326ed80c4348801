#pragma once

#include <optional>
#include <string>

#include "app/view/diagram/diagram_layout.hpp"
#include "app/view/diagram/edge_words.hpp"
#include "app/view/text_style.hpp"

namespace tcpstep::view::diagram {

/// Height of a line of a label, in em.
inline constexpr float kLabelLine = 0.95F;
/// What its ground reaches beyond its letters, in em.
inline constexpr float kLabelPad = 0.25F;

/// What moved an end, in the RFC's words, beside the edge that it took.
struct PlacedLabel {
    Rect box;
    std::string first;
    std::string second;  ///< in a line of its own, below a stroke; "": there is one line
};

/// In one line, else in two, else at least what happened: the first that leaves the edge to be
/// seen; where none does, the first that has room. Nothing if none has.
std::optional<PlacedLabel> placed_label(const Diagram& diagram, const DiagramEdge& edge,
                                        const EdgeLabel& label, Rect area, float em,
                                        const Measure& measure);

}  // namespace tcpstep::view::diagram
