#include <sstream>

#include <fmt/format.h>

#include "app/exports/html/pictures.hpp"
#include "app/exports/picture/letter_width.hpp"
#include "app/exports/picture/svg_canvas.hpp"
#include "app/view/diagram/diagram_layout.hpp"
#include "app/view/diagram/edge_words.hpp"
#include "app/view/diagram/placed_label.hpp"

namespace tcpstep::exports::html {

using view::ColourRole;
using view::Rect;
using view::TextStyle;
using view::diagram::Diagram;
using view::diagram::DiagramEdge;
using view::diagram::DiagramNode;
using view::diagram::Standing;

namespace {

constexpr float kEm = 18;
constexpr Rect kArea = {4, 4, 392, 272};
constexpr Reach kWhole = {0, 280};
enum Layer : std::size_t { Edges, Latest, Nodes, Words, Layers };

// As app/ui/panel/diagram_panel.cpp paints them: change both.

void paint_edge(const picture::SvgCanvas& c, const DiagramEdge& edge, ColourRole own) {
    const ColourRole role = edge.walked ? own : ColourRole::Edge;
    const float thickness = edge.latest ? 3.2F : edge.walked ? 1.8F : 1.3F;
    c.open_group(edge.latest ? "class=\"edge latest\"" : "class=\"edge\"");
    // An edge that is not in the figure is dashed: it is in the RFC's text only.
    const std::vector<view::Point>& points = edge.path.points();
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (edge.transition->in_figure) {
            c.line(points[i - 1], points[i], role, thickness,
                   edge.walked && !edge.latest ? 0.75F : 1);
        } else {
            c.dashes(points[i - 1], points[i], role, thickness, 6, 4);
        }
    }
    c.head(edge.path.before_head(), edge.path.to(), edge.latest ? 11.0F : 7.5F, role);
    c.close_group();
}

void paint_node(const picture::SvgCanvas& c, const DiagramNode& node,
                const view::diagram::NodeNames& names, ColourRole own) {
    const bool current = node.standing == Standing::Current;
    const bool visited = node.standing == Standing::Visited;
    const float rounding = std::min(node.box.h / 2, 0.2F * node.box.w);
    c.open_group(fmt::format("class=\"node{}\" data-state=\"{}\"", current ? " current" : "",
                             name(node.state)));
    c.fill(node.box,
           current   ? own
           : visited ? ColourRole::NodeVisited
                     : ColourRole::Node,
           rounding);
    if (!current) {
        c.outline(node.box, visited ? own : ColourRole::Line, rounding, visited ? 1.4F : 1.0F);
    }
    c.text(node.box, current ? TextStyle::Strong : TextStyle::Small,
           current   ? ColourRole::OnAccent
           : visited ? ColourRole::Text
                     : ColourRole::TextDim,
           name(node.state), true, names.squeeze);
    c.close_group();
}

void paint_label(const picture::SvgCanvas& c, const Diagram& diagram, const DiagramEdge& edge,
                 const view::diagram::EdgeLabel& words) {
    const auto label =
        view::diagram::placed_label(diagram, edge, words, kArea, kEm, picture::letter_measure(kEm));
    if (!label) return;
    const Rect& box = label->box;
    const float pad = view::diagram::kLabelPad * kEm;
    const float line = view::diagram::kLabelLine * kEm;
    c.fill(box, ColourRole::Panel, pad, 0.85F);
    c.text({box.x, box.y, box.w, line}, TextStyle::Label, ColourRole::Text, label->first, true);
    if (label->second.empty()) return;
    c.line({box.x + pad, box.centre().y}, {box.right() - pad, box.centre().y}, ColourRole::TextDim,
           1);
    c.text({box.x, box.y + line, box.w, line}, TextStyle::Label, ColourRole::Text, label->second,
           true);
}

}  // namespace

nlohmann::ordered_json figure_film(const Played& played, PieceStore& store, model::Role role) {
    Film film(store, Layers);
    std::ostringstream out;
    const picture::SvgCanvas c(out, std::nullopt, kEm);
    const ColourRole own = view::role_colour(role);
    for (std::size_t frame = 0; frame < played.frames(); ++frame) {
        const auto shown = [&](Layer layer) {
            film.show(frame, layer, kWhole, out.str());
            out.str({});
        };
        const Diagram diagram = view::diagram::lay_out_diagram(
            played.index.changes(role), played.positions[frame], played.told(frame), kArea);
        const auto names = view::diagram::fit_names(diagram, kEm, picture::letter_measure(kEm));
        for (const DiagramEdge& edge : diagram.edges) {
            paint_edge(c, edge, own);
            shown(edge.latest ? Latest : Edges);
        }
        for (const DiagramNode& node : diagram.nodes) {
            paint_node(c, node, names, own);
            shown(Nodes);
        }
        if (diagram.edges.empty() || !diagram.edges.back().latest) continue;
        const DiagramEdge& latest = diagram.edges.back();
        paint_label(c, diagram, latest, view::diagram::taken_label(played.timeline, *latest.taken));
        if (!out.str().empty()) shown(Words);
    }
    return {{"size", {400, 280}}, {"layers", film.json(played.frames() - 1)}};
}

}  // namespace tcpstep::exports::html
