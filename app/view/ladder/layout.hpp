#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/view/datagram_text.hpp"
#include "app/view/geometry.hpp"
#include "app/view/ladder/rows.hpp"
#include "app/view/ladder/times.hpp"
#include "app/view/palette.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/selection.hpp"
#include "app/view/text_style.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::ladder {

/// A stretch of an end's lifeline during which its state stays the same.
struct LifelineSpan {
    model::Role role;
    model::State state;
    float x, top, bottom;
    float thickness;  ///< a state that can carry data is thick, CLOSED is thin
    float opacity;
    std::optional<std::size_t> since = {};  ///< the event that brought the state
    bool selected = false;
};

/// A socket call from its entry to its return, beside the lifeline.
struct CallBar {
    model::Role role;
    float x, w;  ///< centre, width
    float top, bottom;
    bool open;  ///< has not returned
    model::CallId call = 0;
    bool blocked = true;  ///< it did not return at once
    bool selected = false;
};

/// A gap in time that is drawn shorter than it was.
struct GapBreak {
    float y;
    model::Duration length;
};

enum class Flight : std::uint8_t {
    Arrives,
    InFlight,  ///< on its way: it has come as far as Arrow::grown, the rest is dotted
    Lost,
    Ghost,  ///< not sent yet: what comes next, or what must come; dotted
};

/// A segment on its way from one lifeline to the other.
struct Arrow {
    model::SegmentId segment = 0;
    Point from, to;  ///< a lost one ends on its way, with a cross
    SegmentKind kind = SegmentKind::Ack;
    Flight flight = Flight::Arrives;
    /// In flight: 0 to 1, the fraction of the way that it has come. What is held stands in its box
    /// at the middle; what is in slow motion grows with LadderInput::now.
    float grown = 1;
    bool again = false;  ///< a retransmission
    bool selected = false;
    bool now = false;                           ///< belongs to the current event
    std::optional<DatagramText> datagram = {};  ///< it is no segment, but this
};

enum class Frame : std::uint8_t {
    None,
    Pill,      ///< the name of a state, in a rounded frame
    Box,       ///< the held segment that comes next, in the middle of its way
    FaintBox,  ///< another one that is held
};

/// A piece of text at its place; no two overlap.
struct LadderText {
    Rect box;  ///< the text, with its frame if it has one
    std::string text;
    TextStyle style = TextStyle::Small;
    ColourRole colour = ColourRole::Text;
    Frame frame = Frame::None;
    float squeeze = 1;             ///< letters are this much smaller, where the room is narrow
    model::SegmentId segment = 0;  ///< it belongs to this segment; 0: to none
    Selection stands_for = {};     ///< a click on it selects that: a call, a state
    bool selected = false;
    /// It stands away from its moment: a thin line leads from its edge to there, on the lifeline.
    std::optional<Point> leads_to = {};
};

struct LadderInput {
    const model::Timeline& timeline;
    const TimelineIndex& index;
    const LadderRows& rows;
    std::size_t position = 0;  ///< events from here on are not drawn
    /// The present time, if one looks at the present moment of a run that goes on: then `position`
    /// is the newest, the kernel really waits, and a ghost is what is expected. Nothing otherwise.
    std::optional<model::Time> now = {};
    bool marks_now = true;  ///< a line, and a word, where one has come to; not on paper
    bool foretells = true;  ///< the ghost is drawn; not while someone is to predict
    TimeAxis axis = TimeAxis::ByEvent;
    const LadderTimes* times = nullptr;  ///< needed by the axes of time
    float zoom = 1;                      ///< of the axis, within zoom_limits(); not of letters
    model::SegmentId selected = 0;       ///< also that of a selected event
    Selection selection = {};
    bool raw_numbers = false;
    float width = 0, height = 0;    ///< of what is visible, abstract pixels
    double scroll = 0;              ///< how far its top lies below the ladder's
    float em = 18;                  ///< height of body text
    std::size_t most_events = 400;  ///< in sight; of more, one in so many pixels is drawn
    Measure measure = {};
};

/// Everything visible, in coordinates of the visible area.
struct Ladder {
    float client_x = 0, server_x = 0;
    std::optional<Rect> now;      ///< by event: the row of the current event
    std::optional<Rect> marked;   ///< the row of the selected event
    std::vector<Point> now_line;  ///< from [0] to [1], [2] to [3] ...: clear of all texts
    float column = 0;             ///< the times stand left of this
    std::vector<float> ticks;     ///< at the column's edge
    std::vector<GapBreak> breaks;
    std::size_t events = 0;  ///< in sight; if `thinned`, more than are drawn
    bool thinned = false;
    std::vector<LifelineSpan> lifelines;
    std::vector<CallBar> bars;
    std::vector<Arrow> arrows;
    std::vector<LadderText> texts;
    /// Those of the texts that glide along their arrow to stay in sight, where they stand when the
    /// ladder is not scrolled: other texts have found their places beside these.
    std::vector<LadderText> at_rest;

    /// The box of the segment that comes next when the user says so: the first one that is held and
    /// not in slow motion.
    struct Held {
        Rect box;
        model::SegmentId segment;
    };
    std::optional<Held> held;
    /// Though nothing happens it looks different after so long (an arrow grows); nothing if not.
    std::optional<model::Duration> changes_in;
};

/// Lays out what is visible. Costs what is visible, not what exists.
Ladder lay_out_ladder(const LadderInput& input);

/// Height of the whole ladder up to the position, with room for what is in flight and comes next;
/// width, height, scroll and measure do not matter. `more`: further events may come.
double ladder_height(const LadderInput& input, bool more);

/// From where to where something reaches, in pixels below the ladder's top.
struct Reach {
    double top, bottom;
};
/// The newest segment that was sent or landed before the position, with what is written above it;
/// nothing if that was long ago. Height, scroll and measure do not matter.
std::optional<Reach> newest_segment(const LadderInput& input);

/// What a click at `point` selects: an arrow, a call, a state; nothing where there is none.
Selection hit(const Ladder& ladder, Point point, float reach);

/// The arrow within `reach` pixels of `point`, its label included; nullptr if there is none.
const Arrow* arrow_at(const Ladder& ladder, Point point, float reach);

}  // namespace tcpstep::view::ladder
