#include "app/watch/flows.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::watch {

void Flow::count_from(model::Role sender, const model::SegmentSummary& segment) {
    const std::size_t own = sender == model::Role::Client ? 0 : 1;
    const model::Flags flags = segment.flags;
    // A reset may say neither.
    const bool tells = !flags.rst() || segment.seq != model::SeqNum(0);
    if (!first[own] && tells) first[own] = flags.syn() ? segment.seq : segment.seq + 0xffffffffU;
    auto& other = first[1 - own];
    if (!other && flags.ack() && !flags.rst()) other = segment.ack + 0xffffffffU;
}

using model::Role;
using model::State;

namespace {

// A port that connects again and again: its table is begun anew before it grows.
constexpr std::size_t kMostGenerations = 256;

}  // namespace

Flows::Pair Flows::pair_of(const model::SocketAddress& one, const model::SocketAddress& other) {
    return {std::min(one, other), std::max(one, other)};
}

std::optional<Flows::Placed> Flows::place(const capture::WireSegment& segment, model::Time time) {
    const Pair pair = pair_of(segment.source, segment.destination);
    auto found = pairs_.find(pair);
    if (found != pairs_.end() && found->second.kept > 0) {
        const auto newest = found->second.slots.back();
        // Each interface tells all of it.
        if (newest && slots_[*newest]->flow.interface != segment.interface) return std::nullopt;
    }
    if (found == pairs_.end()) {
        found = pairs_.emplace(pair, Between{}).first;
        found->second.before = generations_of(pair);
    }
    Between& between = found->second;
    Placed answer;
    if (between.slots.size() >= kMostGenerations && between.kept == 1 && between.slots.back() &&
        slots_[*between.slots.back()]->flow.over() && segment.summary.flags.opens()) {
        const Slot last = *between.slots.back();
        slots_[last]->flow.superseded = true;
        answer.superseded = last;
        between.before += static_cast<unsigned>(between.slots.size());
        between.table = model::FlowTable();
        between.slots.clear();
        between.kept = 0;
    }
    const model::FlowTable::Placed placed =
        between.table.place(segment.source, segment.destination,
                            {segment.summary.seq, segment.summary.ack, segment.summary.flags});
    if (placed.began) {
        if (placed.before && between.slots[*placed.before]) {
            answer.superseded = between.slots[*placed.before];
            slots_[*answer.superseded]->flow.superseded = true;
        }
        answer.began = true;
        answer.slot = begin(between, pair, placed.connection);
        slots_[answer.slot]->flow.interface = segment.interface;
    } else if (const auto slot = between.slots[placed.connection]) {
        answer.slot = *slot;
    } else {
        return std::nullopt;  // a late copy, of one that was forgotten
    }
    Kept& kept = *slots_[answer.slot];
    kept.flow.last = time;
    kept.flow.count_from(kept.flow.sender(segment), segment.summary);
    std::list<Slot>& queue = this->queue(kept.queue);
    queue.splice(queue.end(), queue, kept.at);
    return answer;
}

Slot Flows::begin(Between& between, const Pair& pair, model::ConnectionIndex flow) {
    if (free_.empty()) {
        free_.push_back(static_cast<Slot>(slots_.size()));
        slots_.emplace_back();
    }
    const Slot slot = free_.back();
    free_.pop_back();
    ++size_;
    auto kept = std::make_unique<Kept>();
    kept->flow.id = between.table.id(flow);
    kept->flow.id.generation += between.before;
    kept->flow.states = model::LiveStates(kept->flow.id.client == kept->flow.id.server);
    kept->pair = pair;
    kept->at = queue(Queue::Open).insert(queue(Queue::Open).end(), slot);
    slots_[slot] = std::move(kept);
    between.slots.push_back(slot);  // tables number their connections 0, 1, 2 ...
    ++between.kept;
    return slot;
}

void Flows::sort(Slot slot) {
    Kept& kept = *slots_[slot];
    const model::LiveStates& states = kept.flow.states;
    const bool waits = states.state(Role::Client) == State::TimeWait ||
                       states.state(Role::Server) == State::TimeWait;
    const Queue queue = kept.flow.over() || kept.flow.superseded ? Queue::Over
                        : waits                                  ? Queue::Wait
                                                                 : Queue::Open;
    if (queue == kept.queue) return;
    // By what it was silent for: those that came before it stand before it.
    std::list<Slot>& to = this->queue(queue);
    auto behind = to.end();
    while (behind != to.begin() && slots_[*std::prev(behind)]->flow.last > kept.flow.last) --behind;
    to.splice(behind, this->queue(kept.queue), kept.at);
    kept.queue = queue;
}

std::optional<Slot> Flows::expired(model::Time now) const {
    const std::array<model::Duration, 3> longest{limits_.open, limits_.wait, limits_.over};
    for (std::size_t i = 0; i < queues_.size(); ++i) {
        if (queues_[i].empty()) continue;
        const Slot oldest = queues_[i].front();
        if (now - slots_[oldest]->flow.last > longest[i]) return oldest;
    }
    if (size_ <= limits_.flows) return std::nullopt;
    for (std::size_t i = queues_.size(); i-- > 0;) {  // what is over can go first
        if (!queues_[i].empty()) return queues_[i].front();
    }
    return std::nullopt;
}

void Flows::forget(Slot slot) {
    const std::unique_ptr<Kept> kept = std::move(slots_[slot]);
    queue(kept->queue).erase(kept->at);
    free_.push_back(slot);
    --size_;
    const auto found = pairs_.find(kept->pair);
    if (found == pairs_.end()) return;
    Between& between = found->second;
    const auto place = std::find(between.slots.begin(), between.slots.end(), std::optional(slot));
    if (place == between.slots.end()) return;
    place->reset();
    if (--between.kept > 0) return;
    remember(kept->pair, between.before + static_cast<unsigned>(between.slots.size()));
    pairs_.erase(found);
}

unsigned Flows::generations_of(const Pair& pair) {
    const auto found = forgotten_.find(pair);
    return found == forgotten_.end() ? floor_ : std::max(found->second, floor_);
}

void Flows::remember(const Pair& pair, unsigned generations) {
    const auto [found, is_new] = forgotten_.insert_or_assign(pair, generations);
    if (!is_new) return;
    forgotten_order_.push_back(pair);
    if (forgotten_order_.size() <= limits_.names) return;
    const auto oldest = forgotten_.find(forgotten_order_.front());
    floor_ = std::max(floor_, oldest->second);
    forgotten_.erase(oldest);
    forgotten_order_.pop_front();
}

}  // namespace tcpstep::watch
