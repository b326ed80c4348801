#pragma once

#include <optional>
#include <vector>

#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

/// A straight line; dashed where `off` is not 0.
struct Stroke {
    Point from, to;
    ColourRole colour;
    float thickness;
    float on = 0, off = 0;
};

struct Disc {
    Point centre;
    float radius;
    ColourRole colour;
};

/// An arrow's head with its tip at `tip`, coming from `from`.
struct Head {
    Point from, tip;
    float size;
    ColourRole colour;
};

/// What an arrow is drawn with, in the window and on paper, strokes first.
///
/// Kinds differ in line and glyph, never by colour alone: SYN opens with a disc, FIN is a double
/// line and ends with a bar, RST is dotted and breaks with a cross, data is heavy, an ACK thin.
/// Dashes stand for retransmissions only, of whatever kind. What has not come to pass - the rest of
/// a segment's way, the ghost of the next one - is thin grey dots. What is lost ends in a cross.
struct ArrowMarks {
    std::vector<Stroke> strokes;
    std::optional<Disc> disc;
    std::optional<Head> head;
};

/// Sizes are for letters of height `em`.
ArrowMarks marks_of(const Arrow& arrow, float em);

/// The thin line from a text that stands away from its moment to there.
std::optional<Stroke> leader_of(const LadderText& text, float em);

/// From edge to edge of an arrow's line.
float thickness_of(const Arrow& arrow, float em);

/// Around the glyph at its tail, and around its head or the cross where it is lost; without area
/// where there is none.
Rect tail_box(const Arrow& arrow, float em);
Rect end_box(const Arrow& arrow, float em);

}  // namespace tcpstep::view::ladder
