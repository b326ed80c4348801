#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "app/exports/format.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::exports::picture {

/// A line of a page, besides the ladder's own.
struct PageText {
    enum class Mark : std::uint8_t { None, Holds, DoesNotHold, Open };
    view::Rect box;
    std::string text;
    view::TextStyle style = view::TextStyle::Small;
    view::ColourRole colour = view::ColourRole::Text;
    bool centred = false;
    Mark mark = Mark::None;  ///< stands left of it, as high as the line
    bool pill = false;       ///< the name of a state, in a rounded frame
};

/// What a segment's arrow says when it is pointed at: "Segment 1 · client → server · ...".
struct SegmentTip {
    model::SegmentId segment;
    std::string text;
};

/// Of all segments of the timeline, ascending; in the program's language.
std::vector<SegmentTip> segment_tips(const model::Timeline& timeline, bool raw_numbers);

/// A ladder on paper: title, both ends, the states in which an excerpt begins, the ladder as the
/// window lays it out, the lesson's claims. Plain values in abstract pixels, in the program's
/// language.
struct Page {
    static constexpr float kEm = 18;
    float width = 0, height = 0;
    std::string title;
    std::string description;  ///< for whom the picture is read to: both ends' states in their order
    std::vector<PageText> texts;
    std::vector<SegmentTip> tips;  ///< ascending
    view::Rect area;               ///< of the ladder, whose coordinates begin at its corner
    view::ladder::Ladder ladder;
};

/// Lays out what `options` ask for. BadInput, with the numbers that there are, if there are no such
/// steps, or more than a picture can hold; and, before much is laid out, if the ladder ends below
/// `most`, in pixels of the picture, which has options.scale of them for each abstract one.
Result<Page> lay_out_page(const model::Timeline& timeline, const Options& options,
                          double most = std::numeric_limits<double>::infinity());

/// A picture of `w` to `h` pixels has more than `most` in a direction.
tl::unexpected<Error> too_many_pixels(double w, double h, double most);

}  // namespace tcpstep::exports::picture
