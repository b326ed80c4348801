#pragma once

#include <cstddef>
#include <variant>

#include "app/view/timeline_index.hpp"
#include "model/event.hpp"
#include "model/segment.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

// What every panel marks when it was clicked in one of them. Events are counted in the shown
// timeline; its change, like any other move, clears the selection.

struct SelectedSegment {
    model::SegmentId id = 0;
    bool operator==(const SelectedSegment&) const = default;
};
/// A socket call, by its entry; ids are an end's own.
struct SelectedCall {
    model::Role end = model::Role::Client;
    model::CallId id = 0;
    bool operator==(const SelectedCall&) const = default;
};
/// The stay of an end in a state, by the event that brought it there.
struct SelectedState {
    model::Role end = model::Role::Client;
    std::size_t event = 0;
    bool operator==(const SelectedState&) const = default;
};
struct SelectedEvent {
    std::size_t event = 0;
    bool operator==(const SelectedEvent&) const = default;
};

using Selection =
    std::variant<std::monostate, SelectedSegment, SelectedCall, SelectedState, SelectedEvent>;

/// There is such a thing to be selected.
bool exists(const Selection& what, const model::Timeline& timeline, const TimelineIndex& index);

/// The segment that is selected, or that the selected event is about; 0 if none. It exists().
model::SegmentId segment_of(const Selection& what, const model::Timeline& timeline,
                            const TimelineIndex& index);

}  // namespace tcpstep::view
