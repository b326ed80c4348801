#include "app/view/diagram/diagram_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "app/view/diagram/placed_label.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view::diagram {
namespace {

using namespace model;

constexpr Rect kArea = {10, 20, 344, 355};

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    Diagram at(Role role, std::size_t position) const {
        return lay_out_diagram(index.changes(role), position, index.last_step_before(position),
                               kArea);
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

const DiagramNode& node(const Diagram& diagram, State state, bool at_end = false) {
    return *std::find_if(diagram.nodes.begin(), diagram.nodes.end(), [&](const DiagramNode& n) {
        return n.state == state && n.at_end == at_end;
    });
}

std::vector<State> standing(const Diagram& diagram, Standing wanted) {
    std::vector<State> states;
    for (const DiagramNode& n : diagram.nodes) {
        if (n.standing == wanted) states.push_back(n.state);
    }
    return states;
}

TEST(Diagram, HasEveryStateAndEveryEdgeOfTheFigure) {
    const Diagram diagram = lay_out_diagram({}, 0, std::nullopt, kArea);
    for (State state : kStates) EXPECT_EQ(node(diagram, state).state, state);
    EXPECT_EQ(diagram.nodes.size(), kStates.size() + 1);  // CLOSED is there twice
    const auto in_figure = std::count_if(kMachine.begin(), kMachine.end(),
                                         [](const Transition& t) { return t.in_figure; });
    EXPECT_EQ(diagram.edges.size(), static_cast<std::size_t>(in_figure));
    EXPECT_TRUE(standing(diagram, Standing::Current).empty());
    EXPECT_TRUE(standing(diagram, Standing::Visited).empty());
}

TEST(Diagram, NodesFitTheAreaAndDoNotOverlap) {
    const Diagram diagram = lay_out_diagram({}, 0, std::nullopt, kArea);
    for (const DiagramNode& a : diagram.nodes) {
        EXPECT_GE(a.box.x, kArea.x);
        EXPECT_LE(a.box.right(), kArea.right());
        EXPECT_GE(a.box.y, kArea.y);
        EXPECT_LE(a.box.bottom(), kArea.bottom() + 0.01F);
        for (const DiagramNode& b : diagram.nodes) {
            if (&a != &b) {
                EXPECT_FALSE(overlap(a.box, b.box)) << name(a.state) << " " << name(b.state);
            }
        }
    }
}

std::string text_of(const Transition& edge) {
    return std::string(name(edge.from)) + " to " + std::string(name(edge.to)) + ", " +
           std::string(name(edge.on));
}

// The figure of an end that has just taken that edge.
Diagram having_taken(const Transition& edge, Rect area) {
    static std::vector<TimelineIndex::Change> changes;  // the figure points to it
    changes.assign(1, {0, {Role::Client, {edge.from, edge.to, &edge}, Doubt::None, 0}});
    return lay_out_diagram(changes, 1, 0, area);
}

// As in the window at several sizes, low ones and narrow ones; the last is that of a page.
constexpr std::array kAreas = {kArea,
                               Rect{0, 0, 480, 400},
                               Rect{0, 0, 344, 190},
                               Rect{0, 0, 168, 300},
                               Rect{7, 3, 224, 160},
                               Rect{4, 4, 392, 272}};

TEST(Diagram, NoEdgeRunsThroughANode) {
    for (const Rect& area : kAreas) {
        for (const Transition& transition : kMachine) {
            const Diagram diagram = having_taken(transition, area);
            for (const DiagramEdge& edge : diagram.edges) {
                for (const DiagramNode& other : diagram.nodes) {
                    EXPECT_FALSE(edge.path.meets(other.box, -0.1F))
                        << text_of(*edge.transition) << " through " << name(other.state)
                        << (other.at_end ? " below" : "") << " in " << area.w << " x " << area.h;
                    const bool end =
                        other.state == edge.transition->from || other.state == edge.transition->to;
                    EXPECT_FALSE(!end && edge.path.meets(other.box, 1))
                        << text_of(*edge.transition) << " touches " << name(other.state) << " in "
                        << area.w << " x " << area.h;
                }
            }
        }
    }
}

TEST(Diagram, EveryEdgeJoinsItsNodesAndStaysInTheArea) {
    for (const Rect& area : kAreas) {
        for (const Transition& transition : kMachine) {
            const Diagram diagram = having_taken(transition, area);
            const DiagramEdge& taken = diagram.edges.back();
            ASSERT_EQ(taken.transition, &transition);
            const auto touches = [&](State state, Point p) {
                return std::any_of(diagram.nodes.begin(), diagram.nodes.end(),
                                   [&](const DiagramNode& n) {
                                       const Rect wide = {n.box.x - 0.1F, n.box.y - 0.1F,
                                                          n.box.w + 0.2F, n.box.h + 0.2F};
                                       return n.state == state && wide.contains(p);
                                   });
            };
            EXPECT_TRUE(touches(transition.from, taken.path.from())) << text_of(transition);
            EXPECT_TRUE(touches(transition.to, taken.path.to())) << text_of(transition);
            for (const Point& p : taken.path.points()) {
                EXPECT_GE(p.x, area.x) << text_of(transition);
                EXPECT_LE(p.x, area.right()) << text_of(transition);
            }
        }
    }
}

TEST(Diagram, NoTwoEdgesAreTheSameLine) {
    for (const Transition& transition : kMachine) {
        const Diagram diagram = having_taken(transition, kArea);
        for (const DiagramEdge& a : diagram.edges) {
            for (const DiagramEdge& b : diagram.edges) {
                if (&a == &b) continue;
                const auto apart = [](Point p, Point q) {
                    return std::hypot(p.x - q.x, p.y - q.y);
                };
                const float same =
                    std::max(apart(a.path.from(), b.path.from()), apart(a.path.to(), b.path.to()));
                const float opposite =
                    std::max(apart(a.path.from(), b.path.to()), apart(a.path.to(), b.path.from()));
                EXPECT_GT(std::min(same, opposite), 4)
                    << text_of(*a.transition) << " and " << text_of(*b.transition);
            }
        }
    }
}

TEST(Diagram, TheWholeRunOfTheClient) {
    const Sample sample(testing::whole_run());
    const Diagram diagram = sample.at(Role::Client, sample.timeline.size());
    EXPECT_EQ(standing(diagram, Standing::Current), std::vector{State::TimeWait});
    EXPECT_EQ(standing(diagram, Standing::Visited),
              (std::vector{State::Closed, State::SynSent, State::Established, State::FinWait1,
                           State::FinWait2}));
    EXPECT_EQ(std::count_if(diagram.edges.begin(), diagram.edges.end(),
                            [](const DiagramEdge& e) { return e.walked; }),
              5);
}

TEST(Diagram, TheServerBeginsAtTheTopAndEndsInTheClosedBelow) {
    const Sample sample(testing::whole_run());
    const Diagram diagram = sample.at(Role::Server, sample.timeline.size());
    EXPECT_EQ(node(diagram, State::Closed, true).standing, Standing::Current);
    EXPECT_EQ(node(diagram, State::Closed, false).standing, Standing::Visited);
}

TEST(Diagram, OnlyTheCurrentEventsEdgeIsJustTaken) {
    const Sample sample(testing::whole_run());
    const std::size_t syn_ack = *sample.timeline.event_of_segment(2);
    const Diagram taken = sample.at(Role::Client, syn_ack + 1);
    ASSERT_TRUE(taken.edges.back().just_taken);
    EXPECT_EQ(taken.edges.back().transition->from, State::SynSent);
    EXPECT_EQ(taken.edges.back().transition->to, State::Established);
    EXPECT_EQ(taken.edges.back().taken->event, syn_ack);
    const Diagram later = sample.at(Role::Client, syn_ack + 2);
    EXPECT_FALSE(later.edges.back().just_taken);
    EXPECT_TRUE(later.edges.back().latest) << "it stays the last one that was taken";
    EXPECT_EQ(std::count_if(later.edges.begin(), later.edges.end(),
                            [](const DiagramEdge& edge) { return edge.latest; }),
              1);
}

TEST(Diagram, TheEdgeUnderAPointIsTheNearest) {
    const Diagram diagram = lay_out_diagram({}, 0, std::nullopt, kArea);
    for (const DiagramEdge& edge : diagram.edges) {
        EXPECT_EQ(edge_near(diagram, edge.path.at(0.5F), 8), &edge)
            << name(edge.transition->from) << " to " << name(edge.transition->to);
    }
    EXPECT_EQ(edge_near(diagram, node(diagram, State::Listen).box.centre(), 8), nullptr);
    EXPECT_EQ(edge_near(diagram, {kArea.x + 1, kArea.bottom() - 1}, 0.1F), nullptr);
}

TEST(Diagram, ABentEdgeIsNearAlongItsWholeWay) {
    const Transition& transition = *find_transition(State::CloseWait, On::RcvRst);
    const Diagram diagram = having_taken(transition, kArea);
    const DiagramEdge& edge = diagram.edges.back();
    EXPECT_GT(edge.path.points().size(), 2U) << "LAST_ACK stands between";
    for (const float along : {0.1F, 0.5F, 0.9F})
        EXPECT_EQ(edge_near(diagram, edge.path.at(along), 3), &edge) << along;
}

TEST(Diagram, ALabelLeavesItsEdgeToBeSeen) {
    const Rect narrow = {10, 20, 344, 245};  // as of an end in 1600 by 900
    const auto ruler = [](TextStyle, std::string_view text) {
        return 7 * static_cast<float>(text.size());
    };
    std::size_t placed = 0;
    for (const Transition& transition : kMachine) {
        const Diagram diagram = having_taken(transition, narrow);
        const DiagramEdge& edge = diagram.edges.back();
        const auto label =
            placed_label(diagram, edge, edge_label(*edge.transition), narrow, 16, ruler);
        if (!label) continue;  // no room at all
        ++placed;
        int under = 0;
        for (int i = 0; i <= 100; ++i)
            under += label->box.contains(edge.path.at(static_cast<float>(i) / 100)) ? 1 : 0;
        EXPECT_LE(under, 33) << text_of(transition) << ": " << label->first;
    }
    EXPECT_GE(placed + 3, std::size(kMachine));
}

TEST(Diagram, ALabelCoversNoNodeAndStaysInTheArea) {
    for (const Transition& transition : kMachine) {
        const Diagram diagram = having_taken(transition, kArea);
        std::size_t placed = 0;
        for (const DiagramEdge& edge : diagram.edges) {
            const auto box = place_label(diagram, edge, 84, 30, kArea);
            const auto flat = place_label(diagram, edge, 120, 15, kArea);
            for (const auto& one : {box, flat}) {
                if (!one) continue;
                EXPECT_GE(one->x, kArea.x);
                EXPECT_LE(one->right(), kArea.right());
                EXPECT_FALSE(one->contains(edge.path.to()));
                for (const DiagramNode& other : diagram.nodes) {
                    EXPECT_FALSE(overlap(*one, other.box)) << name(other.state);
                }
            }
            if (box || flat) ++placed;
        }
        EXPECT_EQ(placed, diagram.edges.size()) << text_of(transition);
        EXPECT_FALSE(place_label(diagram, diagram.edges.front(), 300, 200, kArea));
    }
}

TEST(Diagram, NamesStandInTwoLinesWhereTheyAreLargerSo) {
    const Measure measure = [](TextStyle style, std::string_view text) {
        return 18 * 0.65F * scale_of(style) * static_cast<float>(text.size());
    };
    const NodeNames wide =
        fit_names(lay_out_diagram({}, 0, std::nullopt, {0, 0, 480, 400}), 18, measure);
    EXPECT_FALSE(wide.two_lines);
    EXPECT_EQ(wide.squeeze, 1);
    const Diagram narrow = lay_out_diagram({}, 0, std::nullopt, {0, 0, 168, 300});
    const NodeNames high = fit_names(narrow, 18, measure);
    EXPECT_TRUE(high.two_lines);
    EXPECT_GT(high.squeeze, 1.3F * 0.93F * 168 / 3 / measure(TextStyle::Strong, "ESTABLISHED"));
    for (State state : kStates) {
        std::string whole(name_lines(state)[0]);
        if (state == State::Established) whole.pop_back();  // a hyphen
        EXPECT_EQ(whole + std::string(name_lines(state)[1]), name(state));
    }
}

// At 100 % the figure is 344 wide and names are in one line; it hardly grows with the letters.
TEST(Diagram, InLargeLettersItsNodesHaveRoomForTwoLines) {
    for (const float em : {18.0F, 27.0F, 36.0F}) {
        const Measure measure = [em](TextStyle style, std::string_view text) {
            return em * 0.62F * scale_of(style) * static_cast<float>(text.size());
        };
        const Rect area = {0, 0, em > 18 ? 374.0F : 344.0F, em > 18 ? 420.0F : 235.0F};
        const float height = node_height_for(area, em, measure);
        const Diagram diagram = lay_out_diagram({}, 0, std::nullopt, area, height);
        const NodeNames names = fit_names(diagram, em, measure);
        EXPECT_EQ(height > 0, em > 18) << em;
        EXPECT_EQ(names.two_lines, em > 18) << em;
        EXPECT_GE(names.squeeze * em, em > 18 ? 20 : 12) << em;
        for (const DiagramEdge& edge : diagram.edges) {
            for (const DiagramNode& other : diagram.nodes) {
                EXPECT_FALSE(edge.path.meets(other.box, -0.1F))
                    << text_of(*edge.transition) << " through " << name(other.state);
            }
        }
    }
}

TEST(Diagram, AnEdgeOutsideTheFigureAppearsWhenItIsTaken) {
    testing::RunBuilder run;
    run.send(Role::Client, Flags::kSyn, 0, 0).send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(Role::Client, Flags::kAck, 1, 1).send(Role::Server, Flags::kRst, 1, 1);
    const Sample sample(run.trace);
    const Diagram diagram = sample.at(Role::Client, sample.timeline.size());
    ASSERT_TRUE(diagram.edges.back().just_taken);
    EXPECT_FALSE(diagram.edges.back().transition->in_figure);
    EXPECT_EQ(node(diagram, State::Closed, false).standing, Standing::Current);
}

}  // namespace
}  // namespace tcpstep::view::diagram
