#include "app/view/diagram/edge_light.hpp"

namespace tcpstep::view::diagram {

void EdgeLight::see(unsigned of, std::size_t changes, Moment now) {
    const bool known = of_ == of;
    const std::size_t before = changes_;
    of_ = of;
    changes_ = changes;
    if (!known) {
        began_.reset();
        changed_.reset();
        return;
    }
    if (changes == before) return;
    const bool follows = changes > before && changes - before <= kMostAtOnce;
    const bool slow = !changed_ || now - *changed_ >= kRuns;
    changed_ = now;
    began_.reset();
    if (follows && slow) began_ = now;
}

std::optional<float> EdgeLight::at(Moment now) const {
    if (!began_ || now < *began_ || now - *began_ >= kRuns) return std::nullopt;
    const std::chrono::duration<float> run = now - *began_;
    return run / std::chrono::duration<float>(kRuns);
}

}  // namespace tcpstep::view::diagram
