#include "app/ui/panel/end_layout.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/panel/end_calls.hpp"
#include "app/ui/panel/kernel_panel.hpp"

namespace tcpstep::ui::panel {

using view::Rect;

namespace {

// The figure is as high as its names need to be read: in two lines, in letters of ten pixels, where
// the panel is too narrow for one.
float least_figure(float w, float of_width) {
    constexpr float kReadable = 10;                     // pixels
    constexpr float kLongest = 7.4F;                    // "ESTABLISHED" in its own height
    constexpr float kNode = 0.29F;                      // of the width, inside
    constexpr float kTwoLines = 2 * kReadable / 0.86F;  // a node's height
    constexpr float kNodes = 6.7F / 0.7F;               // of the figure's height
    return kNode * w < kLongest * kReadable ? kNodes * kTwoLines : of_width * w;
}

constexpr float kFigure = 0.56F;  // height of its width

// Of a narrow panel: names in two lines, as large as the nodes are wide for, but no larger than
// other small text.
float narrow_letters(float w, float em) {
    constexpr float kNode = 0.31F;    // of the width
    constexpr float kLongest = 4.9F;  // "CLOSING" in its own height, and what is around it
    return std::min(0.86F * em, kNode * w / kLongest);
}
constexpr float kHighFigure = 17.8F;  // of the letters' height

// In em.
constexpr float kNarrow = 15;
constexpr float kNarrowTitle = 1.95F;
constexpr float kTitleWords = 3.95F;  // "SERVER", a little squeezed, and a gap
constexpr float kPill = 1.4F;         // of the state
constexpr float kNarrowCalls = 4;     // rows
constexpr float kNarrowGap = 0.15F;
constexpr float kCause = 1.15F;
constexpr float kVerdict = 1.7F;  // the heading of what the kernel says
static_assert(kCause + kNarrowGap + kVerdict <= kBelowFigure);
constexpr unsigned kNarrowKernel = 4;  // rows

}  // namespace

Rect inside_of(Rect area, float em) {
    const float pad = std::min(em, (is_narrow(area, em) ? 0.035F : 0.05F) * area.w);
    return {area.x + pad, area.y, area.w - 2 * pad, area.h};
}

bool is_narrow(Rect area, float em) {
    return area.w < kNarrow * em;
}

NarrowPlaces narrow_places(Rect area, float em, bool sampled) {
    const Rect inside = inside_of(area, em);
    NarrowPlaces places;
    float y = area.y + 0.38F * em;
    const float words = kTitleWords * em;
    places.title = {inside.x, y, words - 0.3F * em, kPill * em};
    places.state = {inside.x + words, y, inside.w - words, kPill * em};
    const auto take = [&](float h) {
        const Rect taken = {inside.x, y, inside.w, h};
        y += h;
        return taken;
    };
    y = area.y + kNarrowTitle * em;
    // As high as its names want it to be; lower, and its names smaller, if the kernel's heading had
    // no room.
    constexpr float kReadable = 9;  // pixels
    const float wanted = kHighFigure * narrow_letters(inside.w, em);
    const float room = area.h - (kNarrowTitle + kBelowFigure) * em;
    places.figure = take(std::min(wanted, std::max(room, kHighFigure * kReadable)));
    places.cause = take(kCause * em);
    y += kNarrowGap * em;
    // A capture knows nothing of these two, and says so in a row.
    places.kernel = take(kernel_height(sampled ? kNarrowKernel : 1) * em);
    places.calls = take((kHeading + (sampled ? kNarrowCalls : 1) * kCallRow) * em);
    places.height = y + 0.5F * em - area.y;
    const float spare = std::max(0.0F, area.h - places.height);
    places.calls.h += spare;
    places.height += spare;
    return places;
}

float open_height(Rect area, float em) {
    return kHighFigure * narrow_letters(inside_of(area, em).w, em) +
           (kNarrowTitle + kBelowFigure) * em;
}

float least_height(Rect area, float em, bool sampled) {
    if (is_narrow(area, em)) return narrow_places(area, em, sampled).height;
    const float calls = kAboveCalls + kHeading + 2 * kCallRow + 0.3F;
    return (kEndTitle + calls + kernel_height(2)) * em +
           least_figure(inside_of(area, em).w, kFigure);
}

unsigned kernel_rows(Rect area, float em, bool sampled) {
    if (!sampled) return 1;
    const float room = area.h / em;
    const unsigned most = room > 31 ? 5 : room > 28 ? 4 : room > 22.5F ? 3 : 2;
    const float spare = (area.h - least_height(area, em, sampled)) / em;
    const float more = std::floor(std::max(0.0F, spare) / view::kKernelRow);
    return std::min(most, 2 + static_cast<unsigned>(more));
}

Rect figure_in(Rect area, float em, bool sampled) {
    if (is_narrow(area, em)) return narrow_places(area, em, sampled).figure;
    const Rect inside = inside_of(area, em);
    const float top = area.y + kEndTitle * em;
    const float rest = area.bottom() - kernel_height(kernel_rows(area, em, sampled)) * em - top;
    // The figure matters most: calls give way until it is as high as its width needs.
    const float least = std::max(least_figure(inside.w, kFigure), 0.4F * area.h);
    float h = 0;
    for (float rows : {5.0F, 4.0F, 3.0F, 2.0F}) {
        h = rest - (kHeading + rows * kCallRow + kAboveCalls + 0.3F) * em;
        if (h > least) break;
    }
    h = std::clamp(h, 0.3F * area.h, std::max(20.5F * em, 0.3F * area.h));
    const float w = std::min(inside.w, 1.95F * h);
    return {inside.centre().x - w / 2, top, w, h};
}

}  // namespace tcpstep::ui::panel
