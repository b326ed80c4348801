#include "tests/app/view/ladder/judge.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "app/view/columns.hpp"
#include "app/view/ladder/arrow_marks.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/places.hpp"
#include "app/view/ladder/texts.hpp"
#include "app/view/time_text.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::testing {

using namespace model;
using namespace view;

namespace {

// Also where only an edge of the line, as thick as it is drawn, would lie over it.
bool crosses(const ladder::Arrow& arrow, Rect box, float em) {
    const float edge = ladder::thickness_of(arrow, em) / 2 - 0.05F;
    box = {box.x, box.y - edge, box.w, box.h + 2 * edge};
    for (int i = 0; i <= 400; ++i) {
        if (box.contains(along(arrow, static_cast<float>(i) / 400))) return true;
    }
    return false;
}

// From the line, or a box, to the words' middle, on average over their width.
float away(const ladder::Arrow& arrow, Rect box, const Rect* own = nullptr) {
    constexpr int kPlaces = 20;
    float sum = 0;
    for (int i = 0; i <= kPlaces; ++i) {
        const float x = box.x + box.w * static_cast<float>(i) / kPlaces;
        float least = 1e9F;
        for (int k = 0; k <= 100; ++k) {
            const Point at = along(arrow, static_cast<float>(k) / 100);
            least = std::min(least, std::hypot(at.x - x, at.y - box.centre().y));
        }
        if (own != nullptr) {
            const float dx = std::max({own->x - x, 0.0F, x - own->right()});
            const float dy =
                std::max({own->y - box.centre().y, 0.0F, box.centre().y - own->bottom()});
            least = std::min(least, std::hypot(dx, dy));
        }
        sum += least;
    }
    return sum / (kPlaces + 1);
}

class Judge {
  public:
    Judge(const ladder::Ladder& ladder, const ladder::LadderInput& input, std::string where)
        : ladder_(ladder), in_(input), where_(std::move(where)) {}

    void judge() {
        texts();
        bars();
        arrows();
        owners();
        sides();
        stacks();
        titles();
        gaps();
        now_line();
        margins();
        newest_states();
        crosses_of_others();
        what_is_left_out();
    }

  private:
    void texts() {
        for (std::size_t i = 0; i < ladder_.texts.size(); ++i) {
            const ladder::LadderText& one = ladder_.texts[i];
            EXPECT_GE(one.box.x, 0) << say_of(one);
            EXPECT_LE(one.box.right(), in_.width) << say_of(one);
            EXPECT_GE(one.squeeze, 0.8F) << say_of(one);
            for (const float x : {ladder_.client_x, ladder_.server_x}) {
                EXPECT_FALSE(one.box.x < x && one.box.right() > x)
                    << say_of(one) << " over a lifeline";
            }
            for (std::size_t j = i + 1; j < ladder_.texts.size(); ++j) {
                EXPECT_FALSE(overlap(one.box, ladder_.texts[j].box))
                    << say_of(one) << " over " << ladder_.texts[j].text;
            }
        }
    }

    // Calls lie under no words and, where the height stands for events, not over each other.
    void bars() {
        const auto box_of = [](const ladder::CallBar& bar) {
            const float top = std::max(bar.top, 0.0F);  // of what is in sight
            return Rect{bar.x - bar.w / 2, top, bar.w, std::max(bar.bottom - top, 0.0F)};
        };
        for (std::size_t i = 0; i < ladder_.bars.size(); ++i) {
            const ladder::CallBar& bar = ladder_.bars[i];
            for (const ladder::LadderText& text : ladder_.texts) {
                EXPECT_FALSE(overlap(text.box, box_of(bar)))
                    << say_of(text) << " over call " << bar.call;
            }
            for (std::size_t j = i + 1; in_.axis == TimeAxis::ByEvent && j < ladder_.bars.size();
                 ++j) {
                EXPECT_FALSE(overlap(box_of(ladder_.bars[j]), box_of(bar)))
                    << "call " << bar.call << " over call " << ladder_.bars[j].call << where_;
            }
        }
    }

    // What has a ground of its own may lie over a line.
    void arrows() {
        for (const ladder::LadderText& text : ladder_.texts) {
            if (text.frame != ladder::Frame::None) continue;
            for (const ladder::Arrow& arrow : ladder_.arrows) {
                EXPECT_FALSE(crosses(arrow, text.box, in_.em))
                    << say_of(text) << " over the arrow of " << arrow.segment;
                EXPECT_FALSE(overlap(ladder::tail_box(arrow, in_.em), text.box))
                    << say_of(text) << " over the tail of " << arrow.segment;
                EXPECT_FALSE(overlap(ladder::end_box(arrow, in_.em), text.box))
                    << say_of(text) << " over the head or cross of " << arrow.segment;
            }
        }
    }

    // What is said of a segment is unmistakably nearer to its arrow than to any other.
    void owners() {
        for (const ladder::LadderText& text : ladder_.texts) {
            if (text.frame != ladder::Frame::None || text.segment == 0) continue;
            float own = 1e9F;
            for (const ladder::Arrow& arrow : ladder_.arrows)
                if (arrow.segment == text.segment)
                    own = std::min(own, away(arrow, text.box, box_of(text.segment)));
            for (const ladder::Arrow& arrow : ladder_.arrows) {
                const bool ghost = arrow.flight == ladder::Flight::Ghost;
                if (arrow.segment == text.segment || (ghost && is_boxed(text.segment))) continue;
                EXPECT_GT(away(arrow, text.box), 1.35F * own)
                    << say_of(text) << " is taken for what belongs to " << arrow.segment;
            }
        }
    }

    // Flags stand above their line, numbers below it, or below their box.
    void sides() {
        for (const ladder::LadderText& text : ladder_.texts) {
            if (text.frame != ladder::Frame::None || text.segment == 0) continue;
            const Rect* box = box_of(text.segment);
            if (box != nullptr) {
                if (text.style == TextStyle::MonoSmall) {
                    EXPECT_GE(text.box.y, box->bottom() - 1) << say_of(text) << " above its box";
                }
                continue;
            }
            const ladder::Arrow& arrow = testing::arrow_of(ladder_, text.segment);
            for (const float x : {text.box.x, text.box.right()}) {
                const float t = (x - arrow.from.x) / (arrow.to.x - arrow.from.x);
                const float line = ladder::along(arrow, t).y;
                if (text.style == TextStyle::Flags) {
                    EXPECT_LE(text.box.bottom(), line + 1) << say_of(text) << " below its arrow";
                } else if (text.style == TextStyle::MonoSmall) {
                    EXPECT_GE(text.box.y, line - 1) << say_of(text) << " above its arrow";
                }
            }
        }
    }

    // What is said of two segments does not read as one: there is a line, or air, between them.
    void stacks() {
        for (std::size_t i = 0; i < ladder_.texts.size(); ++i) {
            for (std::size_t j = i + 1; j < ladder_.texts.size(); ++j) {
                const ladder::LadderText& a = ladder_.texts[i];
                const ladder::LadderText& b = ladder_.texts[j];
                if (a.segment == 0 || b.segment == 0 || a.segment == b.segment) continue;
                // Boxes must be seen, wherever their words are.
                if (a.frame != ladder::Frame::None && is_boxed(b.segment)) continue;
                if (b.frame != ladder::Frame::None && is_boxed(a.segment)) continue;
                const float left = std::max(a.box.x, b.box.x);
                const float right = std::min(a.box.right(), b.box.right());
                const float top = std::min(a.box.bottom(), b.box.bottom());
                const float bottom = std::max(a.box.y, b.box.y);
                if (left >= right || bottom - top >= 0.45F * in_.em) continue;
                const Rect gap = {left, top, right - left, bottom - top};
                EXPECT_TRUE(std::any_of(ladder_.arrows.begin(), ladder_.arrows.end(),
                                        [&](const ladder::Arrow& arrow) {
                                            return crosses(arrow, gap, in_.em) ||
                                                   overlap(ladder::end_box(arrow, in_.em), gap) ||
                                                   overlap(ladder::tail_box(arrow, in_.em), gap);
                                        }))
                    << say_of(a) << " and '" << b.text << "' stand as if they were one";
            }
        }
    }

    // No number without the flags that tell what segment it is of.
    void titles() {
        for (const ladder::LadderText& text : ladder_.texts) {
            if (text.style != TextStyle::MonoSmall || text.segment == 0) continue;
            const std::string flags = to_label(in_.timeline.segment(text.segment)->flags);
            EXPECT_TRUE(text.text.starts_with(flags) ||
                        has_flags(testing::arrow_of(ladder_, text.segment)))
                << say_of(text) << " without flags";
        }
    }

    // A gap that is cut short says how long it was.
    void gaps() {
        for (const ladder::GapBreak& gap : ladder_.breaks) {
            if (gap.y < 3 * in_.em || gap.y > in_.height - 3 * in_.em) continue;
            EXPECT_TRUE(std::any_of(ladder_.texts.begin(), ladder_.texts.end(),
                                    [&](const ladder::LadderText& text) {
                                        return text.text == span_text(gap.length) &&
                                               std::abs(text.box.centre().y - gap.y) < 4 * in_.em;
                                    }))
                << span_text(gap.length) << where_;
        }
    }

    void now_line() {
        for (std::size_t i = 0; i + 1 < ladder_.now_line.size(); i += 2) {
            const Point a = ladder_.now_line[i];
            for (const ladder::LadderText& text : ladder_.texts) {
                EXPECT_FALSE(overlap(text.box, {a.x, a.y, ladder_.now_line[i + 1].x - a.x, 0.1F}))
                    << say_of(text) << " over the line of now";
            }
        }
    }

    // What is written beside a lifeline stands at its moment or leads there by a line, never far
    // from it, and never below now.
    void margins() {
        const ladder::LadderFrame frame(in_);
        for (const ladder::LadderText& text : ladder_.texts) {
            const std::vector<float> moments = moments_of(frame, text);
            if (moments.empty()) continue;
            const float middle = text.box.centre().y;
            EXPECT_LE(middle, frame.below(0) + 0.7F * in_.em) << say_of(text) << " below now";
            // A step that makes several changes, or has several lines, is higher than its moment.
            if (frame.axis().by_event()) continue;
            const float half = has_two_lines(text) ? 0.6F * in_.em : 0;
            EXPECT_LE(middle, frame.below(0) + half + 1) << say_of(text) << " below now";
            float away = 1e9F;
            float led = 1e9F;
            for (const float moment : moments) {
                away = std::min(away, std::abs(moment - middle));
                if (text.leads_to) led = std::min(led, std::abs(moment - text.leads_to->y));
            }
            const bool state = std::holds_alternative<SelectedState>(text.stands_for);
            EXPECT_LE(away, (state ? 3.1F : 1.6F) * in_.em + half) << say_of(text) << " is far off";
            if (text.leads_to) {
                EXPECT_LE(led, 1) << say_of(text) << " leads to another moment";
            } else if (half == 0) {
                EXPECT_LE(away, 0.65F * in_.em) << say_of(text) << " has no line to its moment";
            }
        }
    }

    // Where the event of a state, of a call's entry or of its return stands; empty for other texts.
    std::vector<float> moments_of(const ladder::LadderFrame& frame,
                                  const ladder::LadderText& text) const {
        std::vector<float> moments;
        if (const auto* state = std::get_if<SelectedState>(&text.stands_for))
            moments.push_back(frame.row(state->event));
        if (const auto* call = std::get_if<SelectedCall>(&text.stands_for)) {
            for (std::size_t i = 0; i < in_.position; ++i) {
                const Fact& fact = in_.timeline.event(i).fact;
                const auto* entered = std::get_if<CallEntered>(&fact);
                const auto* returned = std::get_if<CallReturned>(&fact);
                const bool this_one = (entered != nullptr && entered->endpoint == call->end &&
                                       entered->id == call->id) ||
                                      (returned != nullptr && returned->endpoint == call->end &&
                                       returned->id == call->id);
                if (this_one) moments.push_back(frame.row(i));
            }
        }
        return moments;
    }

    bool has_two_lines(const ladder::LadderText& text) const {
        return std::holds_alternative<SelectedCall>(text.stands_for) &&
               std::any_of(ladder_.texts.begin(), ladder_.texts.end(),
                           [&](const ladder::LadderText& other) {
                               const float apart = std::abs(other.box.y - text.box.y);
                               return &other != &text && other.stands_for == text.stands_for &&
                                      apart < 1.5F * in_.em;
                           });
    }

    // However crowded it is, of the state that an end is in now one reads the name.
    void newest_states() {
        const ladder::LadderFrame frame(in_);
        for (const Role role : {Role::Client, Role::Server}) {
            std::optional<std::size_t> newest;
            for (const auto& change : in_.index.changes(role)) {
                if (change.event < in_.position) newest = change.event;
            }
            if (!newest || in_.rows.height(*newest) == 0) continue;
            const float y = frame.row(*newest);
            if (y < 0 || y > in_.height) continue;
            EXPECT_TRUE(
                std::any_of(ladder_.texts.begin(), ladder_.texts.end(),
                            [&](auto& text) {
                                return text.stands_for == Selection(SelectedState{role, *newest});
                            }))
                << "no newest state" << where_;
        }
    }

    // What is said of another segment does not stand beside a cross: it would be read as lost.
    void crosses_of_others() {
        for (const ladder::Arrow& arrow : ladder_.arrows) {
            if (arrow.flight != ladder::Flight::Lost) continue;
            const Rect cross = ladder::end_box(arrow, in_.em);
            const float apart = 1.2F * in_.em;
            const Rect near = {cross.x - apart, cross.y, cross.w + 2 * apart, cross.h};
            for (const ladder::LadderText& text : ladder_.texts) {
                if (text.segment == 0 || text.segment == arrow.segment) continue;
                if (text.frame != ladder::Frame::None) continue;
                EXPECT_FALSE(overlap(near, text.box))
                    << say_of(text) << " reads as what was lost: " << arrow.segment;
            }
        }
    }

    // The rule: flags are hidden only where not even the shortest, in small letters, have a place
    // along their arrow that is clear of boxes, notes, other arrows and other flags. So they are
    // where an arrow has its heights for itself. What glides to stay in sight counts where it
    // stands at rest: what is told does not depend on where one has scrolled.
    void what_is_left_out() {
        std::vector<ladder::LadderText> texts;
        for (const ladder::LadderText& text : ladder_.texts) {
            if (comes_before_flags(text)) texts.push_back(at_rest(text));
        }
        const ladder::LadderFrame frame(in_);
        ladder::TextPlacer placer(in_.measure, in_.em, in_.height, texts);
        ladder::ArrowPlaces places(frame, placer, ladder_.arrows);
        for (const ladder::Arrow& arrow : ladder_.arrows) {
            const Segment* segment = in_.timeline.segment(arrow.segment);
            const bool seen = std::max(arrow.from.y, arrow.to.y) > 0;
            if (segment == nullptr || has_flags(arrow) || !seen) continue;
            ladder::LadderText text;
            text.style = TextStyle::Flags;
            text.text = to_label(segment->flags);
            const float small = ladder::TextPlacer::kLeastSqueeze;
            text.box.w = small * placer.width(text.style, text.text);
            text.box.h = small * placer.height(text.style);
            EXPECT_FALSE(
                places.along(text, arrow, ladder::Side::Above, ladder::ArrowPlaces::kLabelPlaces))
                << text.text << " of " << arrow.segment << where_;
            EXPECT_FALSE(is_alone(arrow)) << text.text << " of " << arrow.segment << where_;
        }
    }

    const ladder::LadderText& at_rest(const ladder::LadderText& text) const {
        const auto found = std::find_if(
            ladder_.at_rest.begin(), ladder_.at_rest.end(), [&](const ladder::LadderText& other) {
                return other.segment == text.segment && other.style == text.style &&
                       text.frame == ladder::Frame::None;
            });
        return found == ladder_.at_rest.end() ? text : *found;
    }

    // Numbers, badges, a ghost's words and the lengths of gaps give way to flags.
    bool comes_before_flags(const ladder::LadderText& text) const {
        if (text.frame != ladder::Frame::None || text.style == TextStyle::Flags) return true;
        if (text.stands_for != Selection()) return true;
        if (ladder_.held && text.segment == ladder_.held->segment) return true;
        return text.style == TextStyle::Small && text.segment != 0 && is_boxed(text.segment);
    }

    const Rect* box_of(SegmentId id) const {
        for (const ladder::LadderText& text : ladder_.texts)
            if (text.segment == id && text.frame != ladder::Frame::None) return &text.box;
        return nullptr;
    }

    bool is_boxed(SegmentId id) const {
        return std::any_of(ladder_.texts.begin(), ladder_.texts.end(), [id](const auto& text) {
            return text.segment == id && text.frame != ladder::Frame::None;
        });
    }

    // Nothing else is in flight at its heights, nor is anything noted there.
    bool is_alone(const ladder::Arrow& arrow) const {
        const auto [top, bottom] = std::minmax(arrow.from.y, arrow.to.y);
        const float near = 2 * in_.em;
        const auto reaches = [&](float from, float to) {
            return to > top - near && from < bottom + near;
        };
        for (const ladder::Arrow& other : ladder_.arrows) {
            if (&other == &arrow || other.flight == ladder::Flight::Ghost) continue;
            const auto [from, to] = std::minmax(other.from.y, other.to.y);
            if (reaches(from, to)) return false;
        }
        return std::none_of(ladder_.texts.begin(), ladder_.texts.end(), [&](const auto& text) {
            return std::holds_alternative<SelectedEvent>(text.stands_for) &&
                   reaches(text.box.y, text.box.bottom());
        });
    }

    bool has_flags(const ladder::Arrow& arrow) const {
        return std::any_of(ladder_.texts.begin(), ladder_.texts.end(), [&](const auto& text) {
            return text.segment == arrow.segment && text.style == TextStyle::Flags;
        });
    }

    std::string say_of(const ladder::LadderText& text) const {
        return "'" + text.text + "'" + where_;
    }

    const ladder::Ladder& ladder_;
    const ladder::LadderInput& in_;
    std::string where_;
};

}  // namespace

void judge(const ladder::Ladder& ladder, const ladder::LadderInput& input,
           const std::string& where) {
    Judge(ladder, input, where).judge();
}

}  // namespace tcpstep::testing
