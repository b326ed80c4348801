#include "app/ui/panel/diagram_panel.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/view/diagram/diagram_layout.hpp"
#include "app/view/diagram/edge_words.hpp"
#include "app/view/diagram/placed_label.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/say.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::diagram::DiagramEdge;
using view::diagram::DiagramNode;
using view::diagram::is_target;
using view::diagram::Standing;

namespace {

std::size_t index_of(model::Role role) {
    return role == model::Role::Client ? 0 : 1;
}

// One end's figure in this frame.
struct Figure {
    const Scene& scene;
    Rect area;
    model::Role role;
    view::diagram::Diagram diagram;
    view::diagram::NodeNames names;
    /// The change that began the selected stay, if it is one of this end.
    const view::TimelineIndex::Change* selected = nullptr;

    const Painter& p() const { return scene.painter; }
    ColourRole colour() const { return view::role_colour(role); }
    float em() const { return figure_words(area, p().em()); }
    float weight() const { return em() / 18; }
    std::string id(const DiagramNode& node) const {
        return std::string(name(role)) + " " + std::string(name(node.state)) +
               (node.at_end ? " end" : "");
    }
};

// The sign of what is only assumed of the state that the end is in; "" if it is known.
std::string_view mark_of_doubt(const Figure& figure) {
    const session::Session& session = figure.scene.session;
    const auto& changes = session.index().changes(figure.role);
    const auto past = std::partition_point(changes.begin(), changes.end(), [&](const auto& change) {
        return change.event < session.position();
    });
    if (past == changes.begin()) return {};
    return view::doubt_mark(std::prev(past)->what.doubt);
}

// The change that began that stay; nullptr if it is none of this end.
const view::TimelineIndex::Change* selected_change(const Scene& scene, model::Role role) {
    const auto* stay = std::get_if<view::SelectedState>(&scene.session.selection());
    if (stay == nullptr || stay->end != role) return nullptr;
    const auto& changes = scene.session.index().changes(role);
    const auto found = std::find_if(changes.begin(), changes.end(), [&](const auto& change) {
        return change.event == stay->event;
    });
    return found == changes.end() ? nullptr : &*found;
}

void paint_legs(const Painter& p, const view::diagram::EdgePath& path, ColourRole role,
                float thickness, float opacity = 1) {
    const std::vector<Point>& points = path.points();
    for (std::size_t i = 1; i < points.size(); ++i)
        p.line(points[i - 1], points[i], role, thickness, opacity);
}

void paint_edge(const Figure& figure, const DiagramEdge& edge, bool pointed_at) {
    const Painter& p = figure.p();
    if (figure.selected != nullptr && figure.selected->what.change.edge == edge.transition)
        paint_legs(p, edge.path, ColourRole::Here, 9 * figure.weight(), kSelected);
    const ColourRole role = edge.walked  ? figure.colour()
                            : pointed_at ? ColourRole::Text
                                         : ColourRole::Edge;
    const float weight = figure.weight();
    const float thickness = (edge.latest   ? 3.2F
                             : pointed_at  ? 2.4F
                             : edge.walked ? 1.8F
                                           : 1.3F) *
                            weight;
    // Between names in two lines an edge is short, and is to be seen behind its head.
    const float head = std::min((edge.latest ? 11.0F : 7.5F) * weight, 0.8F * edge.path.length());
    // An edge that is not in the figure is dashed: it is in the RFC's text only.
    if (edge.transition->in_figure) {
        paint_legs(p, edge.path, role, thickness, edge.walked && !edge.latest ? 0.75F : 1);
    } else {
        const std::vector<Point>& points = edge.path.points();
        for (std::size_t i = 1; i < points.size(); ++i)
            p.dashes(points[i - 1], points[i], role, thickness, 6 * weight, 4 * weight);
    }
    p.head(edge.path.before_head(), edge.path.to(), head, role);
}

// Light runs along the edge that was just taken, a tail behind it.
void paint_light(const Figure& figure, const DiagramEdge& edge) {
    UiState& state = figure.scene.state;
    if (!state.clock) return;
    const auto at = state.lights[index_of(figure.role)].at(*state.clock);
    if (!at) return;
    figure.scene.changes_in(view::diagram::EdgeLight::kFrame);
    const Painter& p = figure.p();
    const float weight = figure.weight();
    paint_legs(p, edge.path.piece(std::max(0.0F, *at - 0.45F), *at), ColourRole::Text,
               4.5F * weight);
    p.disc(edge.path.at(*at), 5 * weight, ColourRole::Text);
}

void paint_label(const Figure& figure, const DiagramEdge& edge) {
    const float em = figure.em();
    const Painter p = figure.p().sized(em);
    const auto label = view::diagram::placed_label(
        figure.diagram, edge,
        view::diagram::taken_label(figure.scene.session.timeline(), *edge.taken), figure.area, em,
        p.measure());
    if (!label) return;
    const Rect& box = label->box;
    const float pad = view::diagram::kLabelPad * em;
    const float line = view::diagram::kLabelLine * em;
    p.fill(box, ColourRole::Panel, pad, 0.85F);
    p.text({box.x, box.y, box.w, line}, TextStyle::Label, ColourRole::Text, label->first,
           Align::Centre);
    if (label->second.empty()) return;
    p.line({box.x + pad, box.centre().y}, {box.right() - pad, box.centre().y}, ColourRole::TextDim,
           figure.weight());
    p.text({box.x, box.y + line, box.w, line}, TextStyle::Label, ColourRole::Text, label->second,
           Align::Centre);
}

// The same below a figure whose names leave no room beside the edges.
void paint_cause(const Figure& figure, const DiagramEdge& edge, Rect line) {
    figure.p().fitted(line, TextStyle::Label, figure.colour(),
                      view::diagram::edge_text(
                          view::diagram::taken_label(figure.scene.session.timeline(), *edge.taken)),
                      Align::Centre);
}

void paint_node(const Figure& figure, const DiagramNode& node, bool hovered) {
    const Painter& p = figure.p();
    const bool current = node.standing == Standing::Current;
    const bool visited = node.standing == Standing::Visited;
    const float rounding = std::min(node.box.h / 2, 0.2F * node.box.w);
    if (figure.selected != nullptr && is_target(node, figure.selected->what.change)) {
        const float out = 0.3F * figure.em();
        p.fill({node.box.x - out, node.box.y - out, node.box.w + 2 * out, node.box.h + 2 * out},
               ColourRole::Here, rounding + out, kSelected);
    }
    p.fill(node.box,
           current   ? figure.colour()
           : hovered ? ColourRole::ControlHover
           : visited ? ColourRole::NodeVisited
                     : ColourRole::Node,
           rounding);
    const float weight = figure.weight();
    if (!current) {
        p.outline(node.box, visited ? figure.colour() : ColourRole::Line, rounding,
                  (visited ? 1.4F : 1.0F) * weight);
    }
    const auto& card = figure.scene.state.card;
    if (hovered || (card && card->role == figure.role && card->state == node.state)) {
        p.outline(node.box, ColourRole::Text, rounding, 2 * weight);
    }
    const TextStyle style = current ? TextStyle::Strong : TextStyle::Small;
    const ColourRole ink = current   ? ColourRole::OnAccent
                           : visited ? ColourRole::Text
                                     : ColourRole::TextDim;
    const auto lines = view::diagram::name_lines(node.state);
    const float squeeze = figure.names.squeeze;
    const std::string_view mark = current ? mark_of_doubt(figure) : std::string_view();
    if (!figure.names.two_lines || lines[1].empty()) {
        const std::string words = std::string(name(node.state)).append(mark);
        return p.text(node.box, style, ink, words, Align::Centre, squeeze);
    }
    const float line = 0.44F * node.box.h;
    const float top = node.box.centre().y - line;
    p.text({node.box.x, top, node.box.w, line}, style, ink, lines[0], Align::Centre, squeeze);
    p.text({node.box.x, top + line, node.box.w, line}, style, ink,
           std::string(lines[1]).append(mark), Align::Centre, squeeze);
}

void open_card(const Figure& figure, const DiagramNode& node) {
    auto& card = figure.scene.state.card;
    const bool open = card && card->role == figure.role && card->state == node.state;
    card.reset();
    if (!open) card = StateCard{figure.role, node.state, node.box};
    // The latest stay in it, as far as one has come.
    const session::Session& session = figure.scene.session;
    const auto& changes = session.index().changes(figure.role);
    const auto stay = std::find_if(changes.rbegin(), changes.rend(), [&](const auto& change) {
        return change.event < session.position() && is_target(node, change.what.change);
    });
    if (stay == changes.rend()) return;
    const view::Selection what = view::SelectedState{figure.role, stay->event};
    if (!open) figure.scene.wish(session::Select{what});
    if (open && session.selection() == what) figure.scene.wish(session::Select{});
}

// The edge under the mouse: told beside it, and a click goes to where it was taken.
const DiagramEdge* feel_edges(const Figure& figure) {
    const std::string id = std::string(name(figure.role)) + " figure";
    const Touch touch = touch_area(figure.p(), id.c_str(), figure.area);
    if (!touch.hovered) return nullptr;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const DiagramEdge* edge =
        view::diagram::edge_near(figure.diagram, {mouse.x, mouse.y}, 0.45F * figure.p().em());
    if (edge == nullptr) return nullptr;
    const session::Session& session = figure.scene.session;
    if (!touch.held) {
        paint_tip(figure.p(), view::diagram::tell_edge(session.timeline(), session.index(),
                                                       *edge->transition, edge->taken));
    }
    if (touch.clicked && edge->taken != nullptr) {
        figure.scene.wish(session::Seek{edge->taken->event + 1});
        figure.scene.wish(session::Select{view::SelectedState{figure.role, edge->taken->event}});
    }
    return edge;
}

void see_changes(const Scene& scene, model::Role role) {
    if (!scene.state.clock) return;
    const auto& changes = scene.session.index().changes(role);
    const auto past = std::partition_point(changes.begin(), changes.end(), [&](const auto& change) {
        return change.event < scene.session.position();
    });
    scene.state.lights[index_of(role)].see(scene.session.timeline_number(),
                                           static_cast<std::size_t>(past - changes.begin()),
                                           *scene.state.clock);
}

}  // namespace

float figure_words(Rect area, float em) {
    constexpr float kLeast = 13;  // pixels; an edge's words are three quarters of it
    // By the width, too, which larger text does not make smaller, as it does the height.
    return std::min(em, std::max({area.h / 14, area.w / 19, kLeast}));
}

void paint_state(const Scene& scene, Rect box, model::Role role) {
    const session::Session& session = scene.session;
    Figure figure{scene, box, role, {}, {}, nullptr};
    const DiagramNode node{session.timeline().at(session.position()).end(role).state(), false, box,
                           Standing::Current};
    const std::string id = std::string(name(role)) + " state";
    const Touch touch =
        touch_area(scene.painter, id.c_str(), box, say(Text::TipState, name(node.state)));
    if (touch.clicked) open_card(figure, node);
    paint_node(figure, node, touch.hovered);
}

void paint_diagram(const Scene& scene, Rect area, model::Role role, std::optional<Rect> cause) {
    const session::Session& session = scene.session;
    const Painter& p = scene.painter;
    Figure figure{scene, area, role, {}, {}, selected_change(scene, role)};
    figure.diagram =
        view::diagram::lay_out_diagram(session.index().changes(role), session.position(),
                                       session.index().last_step_before(session.position()), area,
                                       view::diagram::node_height_for(area, p.em(), p.measure()));
    figure.names = view::diagram::fit_names(figure.diagram, p.em(), p.measure());
    see_changes(scene, role);
    const DiagramNode* hovered = nullptr;
    for (const DiagramNode& node : figure.diagram.nodes) {
        // The card tells more, and would be covered.
        const bool told = scene.state.card && scene.state.card->role == role;
        const Touch touch = touch_area(scene.painter, figure.id(node).c_str(), node.box,
                                       told ? "" : say(Text::TipState, name(node.state)));
        if (touch.hovered) hovered = &node;
        if (touch.clicked) open_card(figure, node);
    }
    const DiagramEdge* pointed_at = feel_edges(figure);
    for (const DiagramEdge& edge : figure.diagram.edges) {
        paint_edge(figure, edge, &edge == pointed_at);
    }
    const auto& edges = figure.diagram.edges;
    const DiagramEdge* latest = !edges.empty() && edges.back().latest ? &edges.back() : nullptr;
    if (latest != nullptr) paint_light(figure, *latest);
    for (const DiagramNode& node : figure.diagram.nodes) {
        paint_node(figure, node, &node == hovered);
    }
    if (latest == nullptr) return;
    cause ? paint_cause(figure, *latest, *cause) : paint_label(figure, *latest);
}

}  // namespace tcpstep::ui::panel
