#include "app/view/ladder/axis.hpp"

#include <algorithm>
#include <chrono>

namespace tcpstep::view::ladder {

using namespace model;

namespace {

constexpr float kPadByEvent = 0.35F;  // em above the first event
constexpr float kPadOfTime = 2.2F;    // room for a crowd of names around that moment
constexpr float kFoot = 7.5F;         // em above and below where all time is in sight
constexpr float kLongestGap = 60;     // tenths of a line that a gap takes where gaps are cut
constexpr float kMostByEvent = 8;     // times as large
constexpr double kClosest = 20;       // pixels of a microsecond

}  // namespace

LadderAxis::LadderAxis(const LadderInput& input) : in_(input) {
    pad_ = static_cast<double>(by_event() ? kPadByEvent : kPadOfTime) * in_.em;
    if (by_event() || in_.times->size() == 0) return;
    if (in_.axis == TimeAxis::Collapsed) {
        const auto limit = static_cast<double>(in_.times->limit().count());
        if (limit > 0) per_ns_ = static_cast<double>(kLongestGap * unit()) / limit;
    } else {
        const auto whole =
            static_cast<double>(in_.times->at(in_.times->size() - 1, in_.axis).count());
        const float room = std::max(in_.height - kFoot * in_.em, 4 * in_.em);
        if (whole > 0) per_ns_ = static_cast<double>(room) / whole;
    }
    per_ns_ *= static_cast<double>(in_.zoom);
}

double LadderAxis::at(std::size_t i) const {
    if (by_event()) return pad_ + in_.rows.top(i) * row_unit();
    if (i >= in_.times->size()) return end(in_.times->size());
    return pad_ + static_cast<double>(in_.times->at(i, in_.axis).count()) * per_ns_;
}

double LadderAxis::end(std::size_t position) const {
    if (by_event()) return at(position);
    return position == 0 ? pad_ : at(position - 1);
}

std::size_t LadderAxis::first_below(double y) const {
    if (by_event()) {
        const double units = (y - pad_) / row_unit();
        return units <= 0 ? 0 : in_.rows.first_below(static_cast<std::uint32_t>(units));
    }
    if (y <= pad_ || per_ns_ <= 0) return 0;
    const double ns = std::min((y - pad_) / per_ns_, 9e18);
    return in_.times->first_from(Duration(static_cast<std::int64_t>(ns)), in_.axis);
}

ZoomLimits zoom_limits(const LadderInput& input) {
    LadderInput plain = input;
    plain.zoom = 1;
    const LadderAxis axis(plain);
    if (axis.by_event()) {
        const double whole = axis.end(input.rows.size());
        const auto all = static_cast<float>(static_cast<double>(input.height) / whole);
        return {std::min(1.0F, all), kMostByEvent};
    }
    if (axis.per_second() <= 0) return {};
    const double whole = axis.end(input.times->size());
    const auto all = static_cast<float>(static_cast<double>(input.height) / whole);
    const double most = kClosest * 1e6 / axis.per_second();
    return {std::min(1.0F, all), static_cast<float>(std::max(1.0, most))};
}

}  // namespace tcpstep::view::ladder
