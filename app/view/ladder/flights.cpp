#include "app/view/ladder/flights.hpp"

#include <algorithm>
#include <chrono>

#include "app/view/ladder/frame.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// Tenths of a line.
constexpr float kApart = 24;    // from one arrival to the next: their boxes stand clear
constexpr float kWords = 30;    // and more after the one of which it is said that it is held,
constexpr float kBadge = 18;    // that it was sent again
constexpr float kToGhost = 14;  // from the last arrival to what follows it
constexpr float kGhostFall = 16;
constexpr float kGhostFoot = 6;

constexpr float kInBox = 0.5F;     // of its way, what is held has come
constexpr float kJustSent = 0.3F;  // and what has not come to the gate yet
constexpr float kLeastGrown = 0.1F;

constexpr std::chrono::milliseconds kFrame{16};  // an arrow grows sixty times a second

}  // namespace

LadderFlights::LadderFlights(const LadderInput& input) : live_(input.now.has_value()) {
    const std::size_t position = std::min(input.position, input.timeline.size());
    float lands = LadderFrame::kLandedAt;
    bool next_found = false;
    for (const InFlight& flight : input.timeline.at(position).in_flight) {
        if (flight.copy_of != 0) continue;
        const bool boxed = flight.held && !flight.passes_at;
        const bool next = boxed && !next_found;
        all_.push_back({flight.segment.id, boxed, next, grown(input, flight), lands});
        lands += kApart;
        if (!next) continue;
        next_found = true;
        sent_again_ = input.index.absorbed(flight.segment.id, position) > 0;
        lands += (live_ ? kWords : 0) + (sent_again_ ? kBadge : 0);
    }
}

// In slow motion: the fraction of its time that has passed, from the lifeline or, if it was held
// before, from its box on.
float LadderFlights::grown(const LadderInput& in, const InFlight& flight) {
    if (!flight.passes_at) return flight.held ? kInBox : kJustSent;
    const auto began = in.index.hold_of(flight.segment.id, in.position);
    if (!began) return kJustSent;
    const Time from = in.timeline.event(*began).time;
    const Time now = in.now.value_or(in.timeline.event(in.position - 1).time);
    const Duration whole = *flight.passes_at - from;
    if (live_ && now < *flight.passes_at) changes_in_ = kFrame;
    const float past = whole.count() <= 0 ? 1
                                          : std::clamp(std::chrono::duration<float>(now - from) /
                                                           std::chrono::duration<float>(whole),
                                                       0.0F, 1.0F);
    const auto before = in.index.hold_of(flight.segment.id, *began);
    const bool was_held =
        before && std::get<SegmentHeld>(in.timeline.event(*before).fact).pass_ms == 0;
    const float start = was_held ? kInBox : kLeastGrown;
    return start + (1 - start) * past;
}

const LadderFlight* LadderFlights::find(SegmentId id) const {
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [id](const LadderFlight& one) { return one.id == id; });
    return found == all_.end() ? nullptr : &*found;
}

float LadderFlights::ghost_from() const {
    if (all_.empty()) return LadderFrame::kSentAt;
    return all_.back().lands + kToGhost + (sent_again_ ? kBadge / 2 : 0);
}

float LadderFlights::ghost_to() const {
    return ghost_from() + (all_.empty() ? LadderFrame::kFall : kGhostFall);
}

float LadderFlights::height() const {
    if (all_.empty()) return 0;
    return live_ ? ghost_to() + kGhostFoot : all_.back().bottom();
}

}  // namespace tcpstep::view::ladder
