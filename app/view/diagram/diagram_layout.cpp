#include "app/view/diagram/diagram_layout.hpp"

#include <algorithm>
#include <utility>

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

// Beside CLOSING an edge may have to pass.
constexpr float kLeft = -0.03F;
constexpr float kRight = 2 - kLeft;
constexpr std::array kPlaces = {
    Place{State::Closed, false, 1, 0},         Place{State::Listen, false, 0.03F, 1},
    Place{State::SynSent, false, 1.97F, 1},    Place{State::SynRcvd, false, 0.03F, 2.05F},
    Place{State::Established, false, 1, 3},    Place{State::FinWait1, false, kLeft, 4},
    Place{State::CloseWait, false, kRight, 4}, Place{State::FinWait2, false, kLeft, 5},
    Place{State::Closing, false, 1, 5},        Place{State::LastAck, false, kRight, 5},
    Place{State::TimeWait, false, kLeft, 6},   Place{State::Closed, true, kRight, 6},
};
constexpr float kRows = 7;
constexpr float kNodeWidth = 0.93F;  // of a column
// Of a row; the rest is for the edges and their words.
constexpr float kNodeHeight = 0.56F;
constexpr float kHighNode = 0.7F;  // of a figure that is higher than wide: two lines
constexpr float kFullNode =
    0.76F;  // of one in large letters: two lines, and an arrow's head between
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

// Of a node's width: it runs aside where another edge of the figure runs the opposite way or, of an
// edge that is not in the figure, the same way.
float side_of(const Transition& edge) {
    constexpr float kAside = 0.07F;
    const auto in_figure = [&](State from, State to) {
        return std::any_of(kMachine.begin(), kMachine.end(), [&](const Transition& other) {
            return other.in_figure && other.from == from && other.to == to;
        });
    };
    const bool apart = edge.to == State::Closed && ends_below(edge.from);
    const bool opposite = !apart && in_figure(edge.to, edge.from);
    if (edge.in_figure) return opposite ? kAside : 0;
    // Between two opposite ones it has the middle.
    return !opposite && in_figure(edge.from, edge.to) ? -2 * kAside : 0;
}

void add_nodes(Diagram& diagram, Rect area, float node_height) {
    const float column = area.w / 3;
    const float height = node_height > 0           ? node_height
                         : area.h > 1.15F * area.w ? kHighNode
                         : area.h < 0.7F * area.w  ? kFlatNode
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

void add_edge(Diagram& diagram, const Transition& transition, Rect area) {
    const DiagramNode& from = node_of(diagram, transition.from, false);
    const DiagramNode& to = target_of(diagram, transition.from, transition.to);
    std::vector<Rect> others;
    for (const DiagramNode& node : diagram.nodes) {
        if (&node != &from && &node != &to) others.push_back(node.box);
    }
    // Between CLOSING and what is beside it.
    const float free = node_of(diagram, State::LastAck, false).box.x -
                       node_of(diagram, State::Closing, false).box.right();
    DiagramEdge edge;
    edge.transition = &transition;
    edge.path =
        route(from.box, to.box, side_of(transition), {others, area, free / 2, 0.1F * from.box.h});
    diagram.edges.push_back(std::move(edge));
}

}  // namespace

bool is_target(const DiagramNode& node, const StateChange& change) {
    return node.state == change.to &&
           node.at_end == (change.to == State::Closed && ends_below(change.from));
}

Diagram lay_out_diagram(const std::vector<TimelineIndex::Change>& changes, std::size_t position,
                        std::optional<std::size_t> now, Rect area, float node_height) {
    Diagram diagram;
    add_nodes(diagram, area, node_height);
    for (const Transition& transition : kMachine) {
        if (transition.in_figure) add_edge(diagram, transition, area);
    }
    DiagramNode* current = nullptr;
    for (const TimelineIndex::Change& taken : changes) {
        if (taken.event >= position) break;
        const StateChange& change = taken.what.change;
        if (change.to == State::Unknown) continue;
        current = &target_of(diagram, change.from, change.to);
        current->standing = Standing::Visited;
        if (change.edge == nullptr) continue;
        const auto same = [&](const DiagramEdge& edge) { return edge.transition == change.edge; };
        if (std::none_of(diagram.edges.begin(), diagram.edges.end(), same)) {
            add_edge(diagram, *change.edge, area);
        }
        auto edge = std::find_if(diagram.edges.begin(), diagram.edges.end(), same);
        for (DiagramEdge& other : diagram.edges) other.latest = false;
        edge->walked = true;
        edge->latest = true;
        edge->just_taken = now == taken.event;
        edge->taken = &taken;
    }
    if (current != nullptr) current->standing = Standing::Current;
    std::stable_partition(diagram.edges.begin(), diagram.edges.end(),
                          [](const DiagramEdge& edge) { return !edge.latest; });
    return diagram;
}

namespace {

bool inside(const Rect& box, const Rect& area) {
    return box.x >= area.x && box.right() <= area.right() && box.y >= area.y &&
           box.bottom() <= area.bottom();
}

}  // namespace

// Of a node's height: names are capitals, which stand well in lines of their own letters' height.
constexpr float kNameLine = 0.48F;

std::array<std::string_view, 2> name_lines(State state) {
    const std::string_view whole = name(state);
    if (state == State::Established) return {"ESTAB-", whole.substr(5)};
    const std::size_t cut = whole.find('_');
    if (cut == std::string_view::npos) return {whole, {}};
    return {whole.substr(0, cut + 1), whole.substr(cut + 1)};
}

float node_height_for(Rect area, float em, const Measure& measure) {
    constexpr float kEnough = 0.75F;
    Diagram diagram;
    add_nodes(diagram, area, 0);
    const NodeNames usual = fit_names(diagram, em, measure);
    if (usual.squeeze >= kEnough) return 0;
    diagram.nodes.clear();
    add_nodes(diagram, area, kFullNode);
    return fit_names(diagram, em, measure).squeeze > 1.1F * usual.squeeze ? kFullNode : 0;
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
    const float in_two = std::min((box.w - 0.25F * box.h) / two, kNameLine * box.h / height);
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
        const float away = edge.path.distance(point);
        if (away > reach) continue;
        nearest = &edge;
        reach = away;
    }
    return nearest;
}

namespace {

// The share of the edge's way that lies under the box.
float covered(const DiagramEdge& edge, const Rect& box) {
    constexpr int kLooks = 24;
    int under = 0;
    for (int i = 0; i <= kLooks; ++i)
        under += box.contains(edge.path.at(static_cast<float>(i) / kLooks)) ? 1 : 0;
    return static_cast<float>(under) / (kLooks + 1);
}

}  // namespace

std::optional<Rect> place_label(const Diagram& diagram, const DiagramEdge& edge, float w, float h,
                                Rect area, float most_covered) {
    const auto free = [&](const Rect& box) {
        return inside(box, area) && covered(edge, box) <= most_covered &&
               std::none_of(diagram.nodes.begin(), diagram.nodes.end(),
                            [&](const DiagramNode& node) { return overlap(node.box, box); });
    };
    // Beside the line it hides nothing of it; its head must be seen in any case. An edge that runs
    // round a node has room for words before the node or behind it.
    const float away = 0.35F * h;
    for (const float along : {0.5F, 0.25F, 0.75F, 0.12F, 0.88F}) {
        const Point middle = edge.path.at(along);
        for (const float aside : {1.0F, -1.0F, 0.5F, -0.5F, 0.0F}) {
            for (const float up : {0.0F, -0.35F, 0.35F, -0.7F, 0.7F}) {
                const float shift = aside * (w / 2 + away);
                const Rect box = {middle.x + shift - w / 2, middle.y + up * h - h / 2, w, h};
                if (free(box) && !box.contains(edge.path.to())) return box;
            }
        }
    }
    return std::nullopt;
}

}  // namespace tcpstep::view::diagram
