#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "app/view/lists/event_rows.hpp"
#include "app/view/palette.hpp"
#include "app/view/selection.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::lists {

/// What a row of the list of events is about.
enum class RowKind : std::uint8_t {
    Segment,  ///< and what became of it; datagrams and ICMP errors, too
    Call,
    State,   ///< a state change
    Kernel,  ///< a sample of a socket or a listener
    Note     ///< claims, predictions, lost segments, notes of the lab
};

/// Of what the rows are told.
struct EventSource {
    const model::Timeline& timeline;
    const TimelineIndex& index;
    bool raw_numbers = false;
};

RowKind kind_of(const EventSource& source, const EventRow& row);
/// The end at which it happens: of a segment its sender, of its arrival the receiver; nothing where
/// it concerns no end more than the other.
std::optional<model::Role> end_of(const EventSource& source, const EventRow& row);
/// The segment that the event is about; nullptr if it is about none.
const model::Segment* segment_of(const EventSource& source, const EventRow& row);
/// Its id, of a copy the copy's; 0.
model::SegmentId segment_id_of(const EventSource& source, const EventRow& row);
/// What a click on the row selects: the state of a change's row, the segment or the call that the
/// event is about, else the event.
Selection selection_of(const EventSource& source, const EventRow& row);
/// The row is of what is selected: the stay began there, it is about the segment or the call, it is
/// the event.
bool is_selected(const EventSource& source, const EventRow& row, const Selection& what);
/// That segment is sent with this event, and was sent before.
bool is_sent_again(const EventSource& source, const EventRow& row);

/// What happened, in one line: "S. 0:0(0) ack 1 win 65483 <...>", "accept() = 11",
/// "SYN_SENT → ESTABLISHED".
std::string event_what(const EventSource& source, const EventRow& row);

/// A row as it is shown. A change that stands below its event has neither its number nor its time.
struct EventLine {
    std::string number;  ///< of the step, from 1, as the bar counts; of what only confirms one ""
    std::string time;    ///< since the first event
    std::string since;   ///< since the row above; empty if that was at the same time
    std::optional<model::Role> who;
    std::string what;
    RowKind kind = RowKind::Note;
    ColourRole colour = ColourRole::Text;  ///< of `what`
};

/// `above` is the row that is shown above it, if there is one.
EventLine event_line(const EventSource& source, const EventRow& row,
                     const std::optional<EventRow>& above);

}  // namespace tcpstep::view::lists
