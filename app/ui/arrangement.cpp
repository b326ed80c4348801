#include "app/ui/arrangement.hpp"

#include <algorithm>
#include <cmath>

namespace tcpstep::ui {

float body_text(float width, float height, unsigned text_percent) {
    const float fit = std::clamp(std::min(width / 1600, height / 900), 0.7F, 4.0F);
    return std::max(10.0F, std::round(18 * fit * static_cast<float>(text_percent) / 100));
}

Arrangement arrange(float width, float height, unsigned text_percent, unsigned notices) {
    Arrangement a;
    a.em = body_text(width, height, text_percent);
    // Large letters are for reading: buttons grow less, and leave the room to the panels.
    a.chrome_em = std::min(a.em, width / 66);
    const float gap = std::round(std::min(0.67F * a.em, 0.0085F * width));
    a.top_bar = {0, 0, width, std::round(2.9F * a.chrome_em)};
    const float transport = std::round(3.3F * a.chrome_em);
    a.transport = {0, height - transport, width, transport};
    const float strip = std::round(1.9F * a.chrome_em);
    a.notices = {0, a.top_bar.bottom(), width, strip * static_cast<float>(notices)};

    const float bottom = std::round(std::min(8.3F * a.em, 0.26F * height));
    const float bottom_y = a.transport.y - gap - bottom;
    const float half = std::round((width - 3 * gap) / 2);
    a.happened = {gap, bottom_y, half, bottom};
    a.bytes = {2 * gap + half, bottom_y, width - 3 * gap - half, bottom};

    const float middle_y = a.notices.bottom() + gap;
    const float middle = bottom_y - gap - middle_y;
    const float side = std::round(std::clamp(21.1F * a.em, 0.2F * width, 0.27F * width));
    a.client = {gap, middle_y, side, middle};
    a.server = {width - gap - side, middle_y, side, middle};
    a.ladder = {2 * gap + side, middle_y, width - 4 * gap - 2 * side, middle};
    return a;
}

}  // namespace tcpstep::ui
