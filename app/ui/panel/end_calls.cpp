#include "app/ui/panel/end_calls.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/controls.hpp"
#include "app/ui/panel/kernel_panel.hpp"
#include "app/view/call_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

constexpr float kLeastCall = 0.88F;  // of its letters

ColourRole outcome_colour(view::CallOutcome outcome) {
    switch (outcome) {
        case view::CallOutcome::Returned:
            return ColourRole::TextDim;
        case view::CallOutcome::Failed:
            return ColourRole::Rst;
        case view::CallOutcome::Blocked:
            return ColourRole::Attention;
    }
    return ColourRole::TextDim;
}

// Of the letters of all lines, so that they stand in one size.
struct Squeeze {
    float call = 1;
    float outcome = 1;
};

std::string outcome_words(const view::CallLine& line, bool value_below) {
    const bool alone = value_below || line.value.empty();
    return alone ? line.outcome : line.outcome + " " + line.value;
}

float outcome_room(const Painter& p, float w, std::string_view words) {
    return std::min(p.width(TextStyle::Small, words), 0.5F * w);
}

float call_room(const Painter& p, float w, float outcome) {
    return w - outcome - 0.6F * p.em();
}

Squeeze squeeze_of(const Painter& p, float w, const std::vector<view::CallLine>& lines,
                   bool below) {
    Squeeze least;
    for (const view::CallLine& line : lines) {
        const std::string words = outcome_words(line, below);
        const float outcome = outcome_room(p, w, words);
        const float call = p.width(TextStyle::Mono, line.call);
        least.call = std::min(least.call, Painter::squeeze_for(call, call_room(p, w, outcome)));
        const float wide = p.width(TextStyle::Small, words);
        least.outcome = std::min(least.outcome, Painter::squeeze_for(wide, outcome));
        if (!below || line.value.empty()) continue;
        const float value = p.width(TextStyle::Small, line.value);
        least.outcome = std::min(least.outcome, Painter::squeeze_for(value, w));
    }
    return least;
}

// What a call gave stands behind its outcome, or in a row of its own where there is room.
void paint_call(const Scene& scene, Rect row, const view::CallLine& line, model::Role role,
                bool value_below, Squeeze squeeze) {
    const Painter& p = scene.painter;
    const std::string id =
        (role == model::Role::Client ? "call c" : "call s") + std::to_string(line.event);
    const view::Selection call = view::SelectedCall{role, line.id};
    const bool selected = scene.session.selection() == call;
    const bool below = value_below && !line.value.empty();
    const std::string words = outcome_words(line, value_below);
    const Touch touch = touch_area(p, id.c_str(), row, say(Text::TipCall));
    const Rect band = {row.x - 0.4F * p.em(), row.y, row.w + 0.8F * p.em(), row.h};
    if (selected) {
        const float h = below ? 2 * row.h : row.h;
        paint_selected_row(p, {band.x, band.y, band.w, h});
    } else if (line.now || touch.hovered) {
        p.fill(band, line.now ? ColourRole::NodeVisited : ColourRole::NowBand, 0.25F * p.em());
    }
    const float outcome = outcome_room(p, row.w, words);
    p.cut({row.x, row.y, call_room(p, row.w, outcome), row.h}, TextStyle::Mono, ColourRole::Text,
          line.call, Align::Left, squeeze.call);
    p.cut({row.right() - outcome, row.y, outcome, row.h}, TextStyle::Small,
          outcome_colour(line.kind), words, Align::Right, squeeze.outcome);
    if (below) {
        p.cut({row.x, row.y + row.h, row.w, row.h}, TextStyle::Small, ColourRole::Text, line.value,
              Align::Right, squeeze.outcome);
    }
    if (!touch.clicked) return;
    scene.wish(session::Seek{line.event + 1});
    scene.wish(session::Select{call});
}

/// What there is room for.
struct Shown {
    view::CallList calls;
    std::size_t more = 0;  ///< earlier ones, told in a line
    bool values_below = false;
};

Shown shown_calls(const Scene& scene, model::Role role, std::size_t room) {
    Shown shown;
    shown.calls = view::call_list(scene.session.timeline(), scene.session.index(), role,
                                  scene.session.position(), room, scene.state.now);
    std::vector<view::CallLine>& lines = shown.calls.lines;
    if (shown.calls.earlier > 0 && lines.size() > 1) {
        // The first line makes room for saying that there are more.
        lines.erase(lines.begin());
        shown.more = shown.calls.earlier + 1;
    }
    const auto values = std::count_if(
        lines.begin(), lines.end(), [](const view::CallLine& line) { return !line.value.empty(); });
    shown.values_below =
        lines.size() + static_cast<std::size_t>(values) <= room && shown.calls.earlier == 0;
    return shown;
}

}  // namespace

void paint_calls(const Scene& scene, Rect area, model::Role role, bool known) {
    const Painter& p = scene.painter;
    const float row = kCallRow * p.em();
    const auto room = static_cast<std::size_t>(std::max(1.0F, std::floor(area.h / row)));
    const Shown here = shown_calls(scene, role, room);
    const view::CallList& calls = here.calls;
    if (calls.changes_in) scene.changes_in(std::max(*calls.changes_in, kGlance));
    float y = area.y;
    if (here.more > 0) {
        p.text({area.x, y, area.w, row}, TextStyle::Small, ColourRole::TextDim,
               say(Text::CallsEarlier, here.more));
        y += row;
    }
    const bool below = here.values_below;
    // Both ends have letters of one size. A single long call does not make all small: it is cut.
    const Shown there = shown_calls(scene, model::peer(role), room);
    Squeeze squeeze = squeeze_of(p, area.w, calls.lines, below);
    const Squeeze others = squeeze_of(p, area.w, there.calls.lines, there.values_below);
    squeeze = {std::max(kLeastCall, std::min(squeeze.call, others.call)),
               std::min(squeeze.outcome, others.outcome)};
    for (const view::CallLine& line : calls.lines) {
        paint_call(scene, {area.x, y, area.w, row}, line, role, below, squeeze);
        y += below && !line.value.empty() ? 2 * row : row;
    }
    if (calls.lines.empty()) {
        p.text({area.x, y, area.w, row}, TextStyle::Small, ColourRole::TextDim,
               say(known ? Text::CallsNone : Text::CallsNotCaptured));
    }
}

}  // namespace tcpstep::ui::panel
