#include "app/ui/window/arrangement.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/panel/end_layout.hpp"

namespace tcpstep::ui::window {

using view::Rect;

float body_text(float width, float height, unsigned text_percent) {
    const float fit = std::clamp(std::min(width / 1600, height / 900), 0.7F, 4.0F);
    return std::max(10.0F, std::round(18 * fit * static_cast<float>(text_percent) / 100));
}

namespace {

constexpr float kEventsPart = 0.45F;
constexpr float kEventsPartStacked = 0.47F;
// Claims are many, and each with its evidence as long as a line; a step is told in a few lines.
constexpr float kBesideClaims = 0.36F;
constexpr float kBesideClaimsStacked = 0.45F;
// With the list of the events above them the claims scroll, so that arrows have room.
constexpr float kQuestion = 9.2F;  // em: with its answers in large letters
constexpr float kFoot = 0.38F;
constexpr float kFootBelowEvents = 0.27F;
// A window of fewer ems has no room for three columns: the ends stand above each other then.
constexpr float kThreeColumns = 65;
constexpr float kTimesOfLadder = 33.9F;  // em: a wider ladder has the times of events, too
// Buttons grow with the text as long as a row of them has room in the bars.
constexpr float kBarWide = 44.4F;  // em
constexpr float kBarHigh = 25;
constexpr float kTwoAtBottom = 46;      // em: a narrower bottom has one panel
constexpr float kTwoBesideHand = 40;    // in a free lab
constexpr float kOnePart = 0.303F;      // of the window, at most
constexpr float kOneHigh = 8.2F;        // em: four lines, below a heading
constexpr float kSide = 0.258F;         // of the window, at most: two ends one above the other
constexpr float kLeastList = 7.5F;      // em: of events, with heads and two rows
constexpr float kInspectorHigh = 9.6F;  // em: rows, and two lines on what a field means
constexpr float kInspectorWide = 42;    // em: rows beside bytes
constexpr float kInspectorNarrow = 24;  // em: the rows alone
constexpr float kInspectsNothing = 8;   // em: what happened, and that there is nothing
constexpr float kBitsBeside = 500;      // pixels: of rows with readable bits, beside bytes
constexpr float kLeastLadder = 0.26F;   // of the window
constexpr float kNothing = 3.6F;        // em: a heading, and a line
constexpr float kNearly = 0.8F;
constexpr float kFigureWide = 14.2F;  // em: names of the figure are as large as other small ones

// The larger the text, the less must fit beside it: calls, then words of a segment give way. Of the
// ends, where they stand above each other, the state and what the kernel says are in sight; the
// rest of them scrolls. `tight`: the panels at the bottom are not as wide as the window.
void fit_letters(Arrangement& a, unsigned text_percent, bool tight, Wanted wanted) {
    const float growth = std::max(1.0F, static_cast<float>(text_percent) / 100) - 1;
    const auto within = [&](view::Rect area, float ems_high, float ems_wide) {
        return std::min({a.em, area.h / ems_high, area.w / ems_wide});
    };
    // Where the foot takes the room, the calls go first.
    const float calls = (wanted.inspector && !wanted.nothing) || wanted.more ? 3.0F : 0.0F;
    const view::Rect& open = a.folded == model::Role::Client ? a.server : a.client;
    a.side_em =
        a.stacked ? within(open, 9.6F, 10.2F) : within(a.client, 23 - 2 * growth - calls, 14.5F);
    a.ladder_em = within(a.ladder, (a.stacked ? 12.3F : 14) - calls,
                         tight && !a.stacked ? 24 - 1.5F * growth : kTimesOfLadder);
    // Rather fewer rows of events than letters that do not grow.
    const float rows = 3 * std::min(1.0F, growth);
    // The list scrolls, and has its heads and rows of full size.
    const float list = wanted.inspector ? kLeastList : 12.5F - calls - rows;
    a.events_em = a.events.h > 0 ? within(a.events, list, 27) : 0;
    const bool strip = wanted.inspector && !wanted.column();
    a.happened_em = a.bytes_em = a.em;
    if (a.happened.h > 0)
        a.happened_em = within(a.happened, strip ? 2.2F : tight ? 6.4F : 8, tight ? 15 : 18);
    if (a.bytes.h > 0 && wanted.inspector && wanted.nothing) {
        a.bytes_em = within(a.bytes, kNothing, kInspectorNarrow);
    } else if (a.bytes.h > 0 && wanted.inspector) {
        // Its parts stand side by side if letters are not much smaller then.
        const float beside = within(a.bytes, kInspectorHigh, kInspectorWide);
        a.bytes_em =
            beside >= kNearly * a.em ? beside : within(a.bytes, kInspectorHigh, kInspectorNarrow);
    } else if (a.bytes.h > 0) {
        a.bytes_em = within(a.bytes, tight ? 6.8F : 7.4F, tight ? 14 : 24);
    }
}

// Divides the bottom: one panel alone where two would be too narrow to be read, else side by side,
// or what happened as a strip above the inspector.
void divide_bottom(Arrangement& a, Rect bottom, float gap, Wanted wanted) {
    const bool claims = wanted.claims && !wanted.question;
    const float two = wanted.hand ? kTwoBesideHand : kTwoAtBottom;
    if (bottom.w < two * a.em && !wanted.inspector && !claims) {
        a.alone = true;
        (wanted.question ? a.bytes : a.happened) = bottom;
        return;
    }
    if (wanted.inspector && !wanted.column()) {
        const float strip =
            std::round(std::min(3.2F * a.em, (wanted.nothing ? 0.3F : 0.2F) * bottom.h));
        a.happened = {bottom.x, bottom.y, bottom.w, strip};
        a.bytes = {bottom.x, bottom.y + strip + gap, bottom.w, bottom.h - strip - gap};
        return;
    }
    const float beside_claims = a.stacked ? kBesideClaimsStacked : kBesideClaims;
    const float left = std::round(wanted.inspector ? (a.stacked ? 0.28F : 0.3F) * bottom.w
                                  : wanted.more    ? (claims ? 0.5F : 0.58F) * bottom.w
                                  : claims         ? beside_claims * bottom.w
                                  : a.stacked      ? 0.52F * bottom.w
                                                   : (bottom.w - gap) / 2);
    a.happened = {bottom.x, bottom.y, left, bottom.h};
    a.bytes = {bottom.x + left + gap, bottom.y, bottom.w - left - gap, bottom.h};
}

// Server below client: half each where both figures can be read, else one of them in words.
void stack_ends(Arrangement& a, Rect column, float gap, Wanted wanted) {
    const float half = std::floor((column.h - gap) / 2);
    const float em = std::min(a.em, column.w / 10.2F);
    float client = half;
    if (wanted.figures && half < panel::open_height(column, em)) {
        const float folded = std::round(panel::kFoldedEnd * em);
        client = wanted.server ? folded : column.h - gap - folded;
        a.folded = wanted.server ? model::Role::Client : model::Role::Server;
    }
    a.client = {column.x, column.y, column.w, client};
    a.server = {column.x, column.y + client + gap, column.w, column.h - gap - client};
}

}  // namespace

float Arrangement::smallest(float asked) const {
    return std::min(
        {1.0F, side_em / asked, ladder_em / asked, happened_em / asked, bytes_em / asked});
}

Arrangement arrange(float width, float height, unsigned text_percent, unsigned notices,
                    Wanted wanted) {
    Arrangement a;
    a.em = body_text(width, height, text_percent);
    a.chrome_em = std::min({a.em, width / kBarWide, height / kBarHigh});
    const float gap = std::round(std::min(0.67F * a.em, 0.0085F * width));
    // Around large letters there is less room, and the panels have it.
    const float airy = std::min({a.em, width / 66, height / 40});
    a.top_bar = {0, 0, width, std::round(std::max(2.9F * airy, 2.1F * a.chrome_em))};
    const float transport = std::round(std::max(3.3F * airy, 2.4F * a.chrome_em));
    a.transport = {0, height - transport, width, transport};
    const float strip = std::round(std::max(1.9F * airy, 1.6F * a.chrome_em));
    a.notices = {0, a.top_bar.bottom(), width, strip * static_cast<float>(notices)};

    // What is done by hand at both ends needs two columns as high as can be; where there is room
    // for three columns what was opened at the bottom has its whole width all the same.
    const bool columns = width >= kThreeColumns * a.em;
    const bool opened = wanted.inspector || wanted.more || wanted.beside || wanted.claims;
    const bool high = wanted.hand && !(columns && opened);
    a.stacked = !high && !columns;
    float bottom = std::min((a.stacked ? kOneHigh : 9.9F) * a.em,
                            (a.stacked && !wanted.events ? kOnePart : 0.235F) * height);
    if (a.stacked && wanted.question)
        bottom = std::max(bottom, std::min(kQuestion * a.em, kFoot * height));
    if (wanted.more || wanted.claims) {
        const float most = std::min(18 * a.em, (wanted.events ? kFootBelowEvents : kFoot) * height);
        bottom = std::max(bottom, wanted.foot > 0 ? std::min(wanted.foot, most) : most);
    }
    // Its parts one above the other need more height.
    const bool narrow =
        a.stacked && 0.7F * width < std::max(kNearly * kInspectorWide * a.em, kBitsBeside);
    if (wanted.inspector && !wanted.nothing) {
        const float beside_ladder =
            a.transport.y - a.notices.bottom() - 3 * gap - kLeastLadder * height;
        bottom = (a.stacked ? 0.44F : 0.46F) * height;
        if (narrow) bottom = std::max(bottom, std::min(0.53F * height, beside_ladder));
    }
    if (wanted.inspector && wanted.nothing)
        bottom = std::max(bottom, std::min(kInspectsNothing * a.em, kFoot * height));
    bottom = std::round(bottom);
    const float bottom_y = a.transport.y - gap - bottom;
    const float middle_y = a.notices.bottom() + gap;
    const float middle = bottom_y - gap - middle_y;
    if (a.stacked) {
        const float side = std::round(std::clamp(kFigureWide * a.em, 0.16F * width, kSide * width));
        stack_ends(a, {gap, middle_y, side, a.transport.y - gap - middle_y}, gap, wanted);
        const float x = 2 * gap + side;
        a.ladder = {x, middle_y, width - x - gap, middle};
        divide_bottom(a, {x, bottom_y, width - x - gap, bottom}, gap, wanted);
    } else if (high) {
        const float side = std::round(
            columns ? std::clamp(21.1F * a.em, 0.2F * width, 0.244F * width) : 0.27F * width);
        const float whole = a.transport.y - gap - middle_y;
        a.client = {gap, middle_y, side, whole};
        a.server = {width - gap - side, middle_y, side, whole};
        a.ladder = {2 * gap + side, middle_y, width - 4 * gap - 2 * side, middle};
        divide_bottom(a, {a.ladder.x, bottom_y, a.ladder.w, bottom}, gap, wanted);
    } else {
        const float side = std::round(std::clamp(21.1F * a.em, 0.2F * width, 0.244F * width));
        a.client = {gap, middle_y, side, middle};
        a.server = {width - gap - side, middle_y, side, middle};
        a.ladder = {2 * gap + side, middle_y, width - 4 * gap - 2 * side, middle};
        divide_bottom(a, {gap, bottom_y, width - 2 * gap, bottom}, gap, wanted);
    }
    if (wanted.events) {
        const float lower =
            std::round((a.stacked ? kEventsPartStacked : kEventsPart) * (middle - gap));
        a.ladder.h = middle - gap - lower;
        a.events = {a.ladder.x, a.ladder.bottom() + gap, a.ladder.w, lower};
    }
    fit_letters(a, text_percent, a.stacked || high, wanted);
    // Letters are drawn in this size: much larger than needed, thin strokes would be lost.
    a.em = std::max({a.chrome_em, a.side_em, a.ladder_em, a.events_em, a.happened_em, a.bytes_em});
    return a;
}

}  // namespace tcpstep::ui::window
