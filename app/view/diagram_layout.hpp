#pragma once

#include <cstddef>
#include <vector>

#include "app/view/geometry.hpp"
#include "app/view/timeline_index.hpp"
#include "model/machine.hpp"

namespace tcpstep::view {

/// How an endpoint stands to a state.
enum class Standing : std::uint8_t { Never, Visited, Current };

/// A state of the figure. CLOSED has two: where an endpoint begins, and where it ends.
struct DiagramNode {
    model::State state = model::State::Unknown;
    bool at_end = false;  ///< the CLOSED at the bottom
    Rect box;
    Standing standing = Standing::Never;
};

/// An edge of the machine, from the border of one node to the border of another.
struct DiagramEdge {
    const model::Transition* transition = nullptr;
    Point from, to;
    bool walked = false;      ///< taken at some time
    bool just_taken = false;  ///< by the current event
};

struct Diagram {
    std::vector<DiagramNode> nodes;
    std::vector<DiagramEdge> edges;  ///< the just taken one last, so that it is painted on top
};

/// RFC 9293 Figure 5 for one endpoint, fitted into `area`. Its edges are those of model::kMachine
/// that are in the figure, and any other that the endpoint took.
///
/// `changes` are the endpoint's own, ascending; those of events before `position` have happened.
/// `now` is the event that counts as current.
Diagram lay_out_diagram(const std::vector<TimelineIndex::Change>& changes, std::size_t position,
                        std::optional<std::size_t> now, Rect area);

}  // namespace tcpstep::view
