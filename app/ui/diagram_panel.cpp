#include "app/ui/diagram_panel.hpp"

#include <algorithm>

#include "app/view/diagram_layout.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui {

using view::DiagramEdge;
using view::DiagramNode;
using view::Standing;

namespace {

void paint_edge(const Painter& p, const DiagramEdge& edge, ColourRole end_colour) {
    const ColourRole role = edge.walked ? end_colour : ColourRole::Edge;
    const float weight = p.em() / 18;
    const float thickness = (edge.just_taken ? 3.2F : edge.walked ? 1.8F : 1.3F) * weight;
    const float head = (edge.just_taken ? 11.0F : 7.5F) * weight;
    // An edge that is not in the figure is dashed: it is in the RFC's text only.
    if (edge.transition->in_figure) {
        p.line(edge.from, edge.to, role, thickness, edge.walked && !edge.just_taken ? 0.75F : 1);
    } else {
        p.dashes(edge.from, edge.to, role, thickness, 6 * weight, 4 * weight);
    }
    p.head(edge.from, edge.to, head, role);
}

void paint_node(const Painter& p, const DiagramNode& node, ColourRole end_colour) {
    const bool current = node.standing == Standing::Current;
    const bool visited = node.standing == Standing::Visited;
    const float rounding = node.box.h / 2;
    p.fill(node.box,
           current   ? end_colour
           : visited ? ColourRole::NodeVisited
                     : ColourRole::Node,
           rounding);
    const float weight = p.em() / 18;
    if (!current) {
        p.outline(node.box, visited ? end_colour : ColourRole::Line, rounding,
                  (visited ? 1.4F : 1.0F) * weight);
    }
    const TextStyle style = current ? TextStyle::Strong : TextStyle::Small;
    const std::string_view name = model::name(node.state);
    // All names in one size: that of the longest.
    const float room =
        std::min((node.box.w - 0.4F * node.box.h) / p.width(TextStyle::Strong, "ESTABLISHED"),
                 0.8F * node.box.h / p.height(style));
    p.text(node.box, style,
           current   ? ColourRole::OnAccent
           : visited ? ColourRole::Text
                     : ColourRole::TextDim,
           name, Align::Centre, std::min(1.0F, room));
}

}  // namespace

void paint_diagram(const Scene& scene, Rect area, model::Role role) {
    const session::Session& session = scene.session;
    const view::Diagram diagram =
        view::lay_out_diagram(session.index().changes(role), session.position(),
                              session.index().last_step_before(session.position()), area);
    const ColourRole colour = view::role_colour(role);
    for (const DiagramEdge& edge : diagram.edges) paint_edge(scene.painter, edge, colour);
    for (const DiagramNode& node : diagram.nodes) paint_node(scene.painter, node, colour);
}

}  // namespace tcpstep::ui
