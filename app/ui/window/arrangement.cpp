#include "app/ui/window/arrangement.hpp"

#include <algorithm>
#include <cmath>

namespace tcpstep::ui::window {

using view::Rect;

float body_text(float width, float height, unsigned text_percent) {
    const float fit = std::clamp(std::min(width / 1600, height / 900), 0.7F, 4.0F);
    return std::max(10.0F, std::round(18 * fit * static_cast<float>(text_percent) / 100));
}

namespace {

constexpr float kEventsPart = 0.45F;

// The larger the text, the less must fit beside it: calls, then words of a segment give way. The
// panels of the ends show all of themselves up to 150 %; from there on they grow up to a quarter
// higher than their place, and scroll.
void fit_letters(Arrangement& a, unsigned text_percent, Wanted wanted) {
    const float growth = std::max(1.0F, static_cast<float>(text_percent) / 100) - 1;
    const auto within = [&](view::Rect area, float ems_high, float ems_wide) {
        return std::min({a.em, area.h / ems_high, area.w / ems_wide});
    };
    const float higher = 1 + 0.5F * std::clamp(growth - 0.5F, 0.0F, 0.5F);
    // Where the foot takes the room, the calls go first.
    const float calls = wanted.inspector || wanted.more ? 3.0F : 0.0F;
    a.side_em = within(a.client, (23 - 2 * growth - calls) / higher, 14.5F);
    a.ladder_em = within(a.ladder, 14 - calls, 24 - 1.5F * growth);
    a.events_em = a.events.h > 0 ? within(a.events, 12.5F - calls, 27) : 0;
    a.happened_em = within(a.happened, wanted.inspector && !wanted.column() ? 2.2F : 8, 18);
    a.bytes_em = within(a.bytes, 7.4F, wanted.inspector ? 44 : 24);
}

// Divides the bottom: side by side, or what happened as a strip above the inspector.
void divide_bottom(Arrangement& a, Rect bottom, float gap, Wanted wanted) {
    if (wanted.inspector && !wanted.column()) {
        const float strip = std::round(std::min(3.2F * a.em, 0.2F * bottom.h));
        a.happened = {bottom.x, bottom.y, bottom.w, strip};
        a.bytes = {bottom.x, bottom.y + strip + gap, bottom.w, bottom.h - strip - gap};
        return;
    }
    const float left = std::round(wanted.inspector ? 0.3F * bottom.w
                                  : wanted.more    ? 0.58F * bottom.w
                                                   : (bottom.w - gap) / 2);
    a.happened = {bottom.x, bottom.y, left, bottom.h};
    a.bytes = {bottom.x + left + gap, bottom.y, bottom.w - left - gap, bottom.h};
}

}  // namespace

Arrangement arrange(float width, float height, unsigned text_percent, unsigned notices,
                    Wanted wanted) {
    Arrangement a;
    a.em = body_text(width, height, text_percent);
    // Large letters are for reading: buttons grow less, and leave the room to the panels.
    a.chrome_em = std::min({a.em, width / 66, height / 40});
    const float gap = std::round(std::min(0.67F * a.em, 0.0085F * width));
    a.top_bar = {0, 0, width, std::round(2.9F * a.chrome_em)};
    const float transport = std::round(3.3F * a.chrome_em);
    a.transport = {0, height - transport, width, transport};
    const float strip = std::round(1.9F * a.chrome_em);
    a.notices = {0, a.top_bar.bottom(), width, strip * static_cast<float>(notices)};

    float bottom = std::min(8.3F * a.em, 0.235F * height);
    if (wanted.more) bottom = std::max(bottom, std::min(18 * a.em, 0.38F * height));
    if (wanted.inspector) bottom = 0.46F * height;
    bottom = std::round(bottom);
    const float bottom_y = a.transport.y - gap - bottom;
    divide_bottom(a, {gap, bottom_y, width - 2 * gap, bottom}, gap, wanted);

    const float middle_y = a.notices.bottom() + gap;
    const float middle = bottom_y - gap - middle_y;
    const float side = std::round(std::clamp(21.1F * a.em, 0.2F * width, 0.29F * width));
    a.client = {gap, middle_y, side, middle};
    a.server = {width - gap - side, middle_y, side, middle};
    a.ladder = {2 * gap + side, middle_y, width - 4 * gap - 2 * side, middle};
    if (wanted.events) {
        const float lower = std::round(kEventsPart * (middle - gap));
        a.ladder.h = middle - gap - lower;
        a.events = {a.ladder.x, a.ladder.bottom() + gap, a.ladder.w, lower};
    }
    fit_letters(a, text_percent, wanted);
    // Letters are drawn in this size: much larger than needed, thin strokes would be lost.
    a.em = std::max({a.chrome_em, a.side_em, a.ladder_em, a.events_em, a.happened_em, a.bytes_em});
    return a;
}

}  // namespace tcpstep::ui::window
