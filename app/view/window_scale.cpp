#include "app/view/window_scale.hpp"

#include <algorithm>

#include "app/view/say.hpp"

namespace tcpstep::view {

using namespace model;

std::optional<unsigned> window_shift(const Timeline& timeline, const TimelineIndex& index,
                                     const Segment& segment) {
    if (segment.flags.syn()) return 0;  // RFC 7323 2.2: a SYN's own window is never scaled
    std::optional<unsigned> shift;
    for (Role end : {peer(segment.from), segment.from}) {
        const Segment* syn = timeline.segment(index.first_sent(timeline, end));
        if (syn == nullptr || !syn->flags.syn()) return std::nullopt;
        const auto option = std::find_if(
            syn->options.begin(), syn->options.end(),
            [](const TcpOption& one) { return std::holds_alternative<WindowScale>(one); });
        if (option == syn->options.end()) return 0;
        shift = std::min<unsigned>(std::get<WindowScale>(*option).shift, 14);
    }
    return shift;
}

std::string window_words(const Timeline& timeline, const TimelineIndex& index,
                         const Segment& segment) {
    const auto shift = window_shift(timeline, index, segment);
    if (!shift) return say(Text::SayWindowField, segment.window);
    if (*shift == 0) return say(Text::SayWindow, segment.window);
    return say(Text::SayWindowScaled, segment.window, 1U << *shift,
               std::uint64_t{segment.window} << *shift);
}

}  // namespace tcpstep::view
