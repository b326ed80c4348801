#include "model/tracking/likelihood.hpp"

#include <algorithm>

namespace tcpstep::model::tracking {

namespace {

using std::chrono::milliseconds;

// An answer may wait so long for a processor, without any network.
constexpr milliseconds kScheduling{1};

// Few networks delay a segment for longer, apart from what they need for all.
constexpr milliseconds kLongest{500};

Cost times(Cost cost, Duration part, Duration whole) {
    if (part.count() <= 0) return 0;
    const double share = static_cast<double>(part.count()) / static_cast<double>(whole.count());
    return static_cast<Cost>(std::min(1e3, static_cast<double>(cost) * share));
}

}  // namespace

Cost late(Duration under_way, Duration loop) {
    return std::min(kLost, times(10, under_way, loop + kScheduling));
}

Cost still(Cost lateness, Duration under_way, Duration loop) {
    const bool long_ago = under_way > kLongest + 8 * loop;
    return lateness * 3 / 2 + (long_ago ? kLost : 0);
}

Cost early(Duration under_way, Duration loop) {
    if (loop < 2 * kScheduling) return 0;
    return std::max(0, kLost - times(2 * kLost, under_way, loop));
}

Cost not_answered_yet(Duration under_way, Duration loop) {
    return 8 + times(10, under_way, loop + kScheduling);
}

Cost overtaking(Duration earlier, Duration loop) {
    return std::min(kLost, 8 + late(earlier, loop));
}

Cost unanswered(Duration since_sent) {
    return std::min(kLost, 8 + times(1, since_sent, milliseconds(5)));
}

Cost silent(Duration since_sent, Duration timeout) {
    if (since_sent > 3 * timeout) return kLost + kUnlikely;
    return since_sent > timeout + timeout / 2 ? kLost : 0;
}

}  // namespace tcpstep::model::tracking
