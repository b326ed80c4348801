#include <algorithm>
#include <utility>

#include "app/view/escape.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/places.hpp"
#include "app/view/ladder/texts.hpp"
#include "app/view/marker_text.hpp"
#include "app/view/say.hpp"
#include "app/view/shorten.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

constexpr std::size_t kNoteShown = 400;  // octets: more than two lines can hold

struct Note {
    std::string words;
    ColourRole colour = ColourRole::TextDim;
};

Note note_of(const LadderInput& in, std::size_t i) {
    const Fact& fact = in.timeline.event(i).fact;
    if (const auto* marker = std::get_if<Marker>(&fact)) {
        return {marker_text(*marker, in.timeline.trace().numbers()),
                marker->type == "error" ? ColourRole::Rst : ColourRole::TextDim};
    }
    if (const auto* lost = std::get_if<SegmentsLost>(&fact)) {
        return {say(counted(lost->total, Text::LadderLostOne, Text::LadderLost), lost->total),
                ColourRole::Rst};
    }
    if (const auto* sample = std::get_if<SocketSampled>(&fact)) {
        if (in.timeline.effects(i).disagreement) {
            return {say(Text::LadderDisagrees, role_word(sample->endpoint), name(sample->state)),
                    ColourRole::Rst};
        }
        if (!in.timeline.effects(i).changes.empty()) return {say(Text::LadderTimeWaitOver)};
    }
    return {};
}

// In as many lines as the row has; what does not fit is left out.
void add_note(const LadderFrame& frame, ArrowPlaces& places, std::size_t i, const Note& note) {
    const LadderInput& in = frame.in();
    const float room = frame.right() - frame.left() - 1.2F * frame.em();
    const std::string shown = escaped(std::string_view(note.words).substr(0, kNoteShown));
    const auto lines = break_lines(shown, TextStyle::Small, room, in.measure);
    const std::size_t rows = in.rows.lines(i);
    const float first = lines.size() < rows ? 0.5F : 0;  // one line in the middle of two
    for (std::size_t line = 0; line < std::min(lines.size(), rows); ++line) {
        LadderText text;
        text.style = TextStyle::Small;
        text.colour = note.colour;
        text.text = lines[line];
        if (line + 1 == rows && rows < lines.size()) {  // the last one tells that there is more
            const auto at = static_cast<std::size_t>(lines[line].data() - shown.data());
            text.text = shorten_end(shown.substr(at), text.style, room, in.measure);
        }
        text.stands_for = SelectedEvent{i};
        const float middle = frame.line(i, first + static_cast<float>(line));
        places.in_the_open(std::move(text), middle);
    }
}

// That a segment is held back is said beside its own arrow, at that moment or near it, or not at
// all: in the open it would be taken for what another arrow is.
void say_held_back(const LadderFrame& frame, const TextPlacer& texts, ArrowPlaces& places,
                   std::size_t i, SegmentId id) {
    const Segment* segment = frame.in().timeline.segment(id);
    const Arrow* arrow = places.arrow_of(id);
    if (segment == nullptr || arrow == nullptr) return;
    const float fall = arrow->to.y - arrow->from.y;
    const float then = fall <= 0 ? 0.5F : (frame.line(i, 0.5F) - arrow->from.y) / fall;
    for (const std::string& words :
         {say(Text::LadderHeldBack, flags_label(*segment)),
          say(Text::TerminalHeldBack, to_label(segment->flags)), say(Text::LadderHeldBackShort)}) {
        LadderText text = texts.sized(words, TextStyle::Small, ColourRole::TextDim, id);
        text.stands_for = SelectedEvent{i};
        if (places.along(text, *arrow, Side::Below, {std::clamp(then, 0.1F, 0.9F)}) ||
            places.along(text, *arrow, Side::Below, ArrowPlaces::kLabelPlaces)) {
            return;
        }
    }
}

}  // namespace

void add_notes(const LadderFrame& frame, ArrowPlaces& places) {
    if (frame.thinned()) return;
    for (std::size_t i = frame.first(); i < frame.last(); ++i) {
        const Note note = note_of(frame.in(), i);
        if (!note.words.empty()) add_note(frame, places, i, note);
    }
}

void add_held_back(const LadderFrame& frame, const TextPlacer& texts, ArrowPlaces& places) {
    if (frame.thinned()) return;
    for (std::size_t i = frame.first(); i < frame.last(); ++i) {
        const Fact& fact = frame.in().timeline.event(i).fact;
        if (const auto* back = std::get_if<SegmentHeldBack>(&fact))
            say_held_back(frame, texts, places, i, back->id);
    }
}

}  // namespace tcpstep::view::ladder
