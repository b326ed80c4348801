#include "app/view/diagram/diagram_layout.hpp"

#include <algorithm>
#include <cmath>

namespace tcpstep::view::diagram {

using namespace model;

namespace {

// The figure on a grid: three columns, seven rows; the upper rows stand half a column inward, as
// the RFC draws them.
struct Place {
    State state;
    bool at_end;
    float column;  // of the node's centre: 0 left, 1 middle, 2 right
    float row;
};

constexpr std::array kPlaces = {
    Place{State::Closed, false, 1, 0},      Place{State::Listen, false, 0.03F, 1},
    Place{State::SynSent, false, 1.97F, 1}, Place{State::SynRcvd, false, 0.03F, 2.05F},
    Place{State::Established, false, 1, 3}, Place{State::FinWait1, false, 0, 4},
    Place{State::CloseWait, false, 2, 4},   Place{State::FinWait2, false, 0, 5},
    Place{State::Closing, false, 1, 5},     Place{State::LastAck, false, 2, 5},
    Place{State::TimeWait, false, 0, 6},    Place{State::Closed, true, 2, 6},
};
constexpr float kRows = 7;
constexpr float kNodeWidth = 0.93F;  // of a column
// Of a row; the rest is for the edges and their words.
constexpr float kNodeHeight = 0.56F;
constexpr float kHighNode = 0.7F;   // of a figure that is higher than wide: two lines
constexpr float kFlatNode = 0.62F;  // of one that is so low that no words fit between its rows

// From the states of the closing half an endpoint ends in the CLOSED at the bottom.
bool ends_below(State from) {
    switch (from) {
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            return true;
        case State::Unknown:
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynRcvd:
        case State::Established:
            return false;
    }
    return false;
}

DiagramNode& node_of(Diagram& diagram, State state, bool at_end) {
    return *std::find_if(diagram.nodes.begin(), diagram.nodes.end(), [&](const DiagramNode& node) {
        return node.state == state && node.at_end == at_end;
    });
}

DiagramNode& target_of(Diagram& diagram, State from, State to) {
    return node_of(diagram, to, to == State::Closed && ends_below(from));
}

// Another edge runs the opposite way, so that both must move aside.
bool has_counterpart(const Transition& edge) {
    return std::any_of(kMachine.begin(), kMachine.end(), [&](const Transition& other) {
        return other.in_figure && other.from == edge.to && other.to == edge.from &&
               !(edge.to == State::Closed && ends_below(edge.from));
    });
}

// A straight line from border to border that leans toward the other node.
void connect(DiagramEdge& edge, const Rect& a, const Rect& b, bool aside) {
    const float dx = b.centre().x - a.centre().x;
    const float dy = b.centre().y - a.centre().y;
    if (std::abs(dy) < a.h / 2) {  // side by side
        edge.from = {dx > 0 ? a.right() : a.x, a.centre().y};
        edge.to = {dx > 0 ? b.x : b.right(), b.centre().y};
        return;
    }
    const float lean = std::clamp(dx * 0.29F, -0.42F * a.w, 0.42F * a.w);
    // Each keeps to its own right hand.
    const float side = aside ? (dy > 0 ? -0.07F : 0.07F) * a.w : 0;
    edge.from = {a.centre().x + lean + side, dy > 0 ? a.bottom() : a.y};
    edge.to = {b.centre().x - lean + side, dy > 0 ? b.y : b.bottom()};
}

void add_nodes(Diagram& diagram, Rect area) {
    const float column = area.w / 3;
    const float height = area.h > 1.15F * area.w  ? kHighNode
                         : area.h < 0.7F * area.w ? kFlatNode
                                                  : kNodeHeight;
    const float row = area.h / (kRows - 1 + height);
    for (const Place& place : kPlaces) {
        const float w = column * kNodeWidth;
        const float h = row * height;
        const float x = area.x + column * (place.column + 0.5F) - w / 2;
        diagram.nodes.push_back(
            {place.state, place.at_end, {x, area.y + row * place.row, w, h}, {}});
    }
}

void add_edge(Diagram& diagram, const Transition& transition) {
    DiagramEdge edge;
    edge.transition = &transition;
    connect(edge, node_of(diagram, transition.from, false).box,
            target_of(diagram, transition.from, transition.to).box,
            transition.in_figure && has_counterpart(transition));
    diagram.edges.push_back(edge);
}

}  // namespace

bool is_target(const DiagramNode& node, const StateChange& change) {
    return node.state == change.to &&
           node.at_end == (change.to == State::Closed && ends_below(change.from));
}

Diagram lay_out_diagram(const std::vector<TimelineIndex::Change>& changes, std::size_t position,
                        std::optional<std::size_t> now, Rect area) {
    Diagram diagram;
    add_nodes(diagram, area);
    for (const Transition& transition : kMachine) {
        if (transition.in_figure) add_edge(diagram, transition);
    }
    DiagramNode* current = nullptr;
    for (const auto& [event, what] : changes) {
        if (event >= position) break;
        const StateChange& change = what.change;
        if (change.to == State::Unknown) continue;
        current = &target_of(diagram, change.from, change.to);
        current->standing = Standing::Visited;
        if (change.edge == nullptr) continue;
        const auto same = [&](const DiagramEdge& edge) { return edge.transition == change.edge; };
        if (std::none_of(diagram.edges.begin(), diagram.edges.end(), same)) {
            add_edge(diagram, *change.edge);
        }
        auto edge = std::find_if(diagram.edges.begin(), diagram.edges.end(), same);
        for (DiagramEdge& other : diagram.edges) other.latest = false;
        edge->walked = true;
        edge->latest = true;
        edge->just_taken = now == event;
        edge->event = event;
    }
    if (current != nullptr) current->standing = Standing::Current;
    std::stable_partition(diagram.edges.begin(), diagram.edges.end(),
                          [](const DiagramEdge& edge) { return !edge.latest; });
    return diagram;
}

namespace {

float distance(Point p, Point a, Point b) {
    const Point along = {b.x - a.x, b.y - a.y};
    const float length = along.x * along.x + along.y * along.y;
    const float dot = (p.x - a.x) * along.x + (p.y - a.y) * along.y;
    const float t = length > 0 ? std::clamp(dot / length, 0.0F, 1.0F) : 0;
    return std::hypot(p.x - a.x - t * along.x, p.y - a.y - t * along.y);
}

bool inside(const Rect& box, const Rect& area) {
    return box.x >= area.x && box.right() <= area.right() && box.y >= area.y &&
           box.bottom() <= area.bottom();
}

}  // namespace

std::array<std::string_view, 2> name_lines(State state) {
    const std::string_view whole = name(state);
    if (state == State::Established) return {"ESTAB-", whole.substr(5)};
    const std::size_t cut = whole.find('_');
    if (cut == std::string_view::npos) return {whole, {}};
    return {whole.substr(0, cut + 1), whole.substr(cut + 1)};
}

NodeNames fit_names(const Diagram& diagram, float em, const Measure& measure) {
    const Rect& box = diagram.nodes.front().box;
    const float height = em * scale_of(TextStyle::Strong);
    float one = 0;
    float two = 0;
    for (State state : kStates) {
        one = std::max(one, measure(TextStyle::Strong, name(state)));
        for (std::string_view line : name_lines(state)) {
            if (!line.empty()) two = std::max(two, measure(TextStyle::Strong, line));
        }
    }
    const float in_one = std::min((box.w - 0.4F * box.h) / one, 0.8F * box.h / height);
    const float in_two = std::min((box.w - 0.25F * box.h) / two, 0.44F * box.h / height);
    // One line reads better: two only if that gains something.
    const bool two_lines = in_one < 1 && in_two > 1.1F * in_one;
    return {two_lines, std::min(1.0F, two_lines ? in_two : in_one)};
}

const DiagramEdge* edge_near(const Diagram& diagram, Point point, float reach) {
    if (std::any_of(diagram.nodes.begin(), diagram.nodes.end(),
                    [&](const DiagramNode& node) { return node.box.contains(point); })) {
        return nullptr;
    }
    const DiagramEdge* nearest = nullptr;
    for (const DiagramEdge& edge : diagram.edges) {
        const float away = distance(point, edge.from, edge.to);
        if (away > reach) continue;
        nearest = &edge;
        reach = away;
    }
    return nearest;
}

std::optional<Rect> place_label(const Diagram& diagram, const DiagramEdge& edge, float w, float h,
                                Rect area) {
    const auto free = [&](const Rect& box) {
        return inside(box, area) &&
               std::none_of(diagram.nodes.begin(), diagram.nodes.end(),
                            [&](const DiagramNode& node) { return overlap(node.box, box); });
    };
    const Point middle = {(edge.from.x + edge.to.x) / 2, (edge.from.y + edge.to.y) / 2};
    // Beside the line it hides nothing of it; its head must be seen in any case.
    const float away = 0.35F * h;
    for (const float aside : {1.0F, -1.0F, 0.5F, -0.5F, 0.0F}) {
        for (const float up : {0.0F, -0.35F, 0.35F, -0.7F, 0.7F}) {
            const float shift = aside * (w / 2 + away);
            const Rect box = {middle.x + shift - w / 2, middle.y + up * h - h / 2, w, h};
            if (free(box) && !box.contains(edge.to)) return box;
        }
    }
    return std::nullopt;
}

}  // namespace tcpstep::view::diagram
