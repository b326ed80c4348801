#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "app/view/diagram/edge_path.hpp"
#include "app/view/geometry.hpp"
#include "app/view/text_style.hpp"
#include "app/view/timeline_index.hpp"
#include "model/machine.hpp"

namespace tcpstep::view::diagram {

/// How an endpoint stands to a state.
enum class Standing : std::uint8_t { Never, Visited, Current };

/// A state of the figure. CLOSED has two: where an endpoint begins, and where it ends.
struct DiagramNode {
    model::State state = model::State::Unknown;
    bool at_end = false;  ///< the CLOSED at the bottom
    Rect box;
    Standing standing = Standing::Never;
};

/// An edge of the machine. It passes through no node but those it joins.
struct DiagramEdge {
    const model::Transition* transition = nullptr;
    EdgePath path;
    bool walked = false;      ///< taken at some time
    bool just_taken = false;  ///< by the current event
    bool latest = false;      ///< the last one that was taken
    /// The change that took it last, of those that were given; nullptr if none did.
    const TimelineIndex::Change* taken = nullptr;
};

struct Diagram {
    std::vector<DiagramNode> nodes;
    std::vector<DiagramEdge> edges;  ///< the latest one last, so that it is painted on top
};

/// RFC 9293 Figure 5 for one endpoint, fitted into `area`. Its edges are those of model::kMachine
/// that are in the figure, and any other that the endpoint took. Where it is high for its width its
/// nodes have room for two lines; `node_height` says of what part of a row's height they are, 0
/// leaves it to that.
///
/// `changes` are the endpoint's own, ascending; those of events before `position` have happened.
/// `now` is the event that counts as current.
Diagram lay_out_diagram(const std::vector<TimelineIndex::Change>& changes, std::size_t position,
                        std::optional<std::size_t> now, Rect area, float node_height = 0);

/// The change leads to that node.
bool is_target(const DiagramNode& node, const model::StateChange& change);

/// How the states' names stand in their nodes: all alike, in one line or, where they are larger so,
/// in two.
struct NodeNames {
    bool two_lines = false;
    float squeeze = 1;  ///< of TextStyle::Strong
};

/// `em`: height of body text.
NodeNames fit_names(const Diagram& diagram, float em, const Measure& measure);

/// `node_height` of a figure in `area` whose names would else be much smaller than other small text
/// of body text `em` high: room for two lines. 0 if they are large enough.
float node_height_for(Rect area, float em, const Measure& measure);

/// A state's name in two lines: "FIN_" and "WAIT_1"; the second is empty for a short one.
std::array<std::string_view, 2> name_lines(model::State state);

/// The edge that runs within `reach` of `point`, the nearest; of equals the one painted on top.
/// nullptr if there is none, or a node is there.
const DiagramEdge* edge_near(const Diagram& diagram, Point point, float reach);

/// A text of that size, `w` by `h`, beside or on `edge`: inside `area`, over no node, and as near
/// to the edge's middle as it can be. It covers at most that share of the edge's way. Nothing where
/// there is no room.
std::optional<Rect> place_label(const Diagram& diagram, const DiagramEdge& edge, float w, float h,
                                Rect area, float most_covered = 1);

}  // namespace tcpstep::view::diagram
