#include "model/observation.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "model/header_layout.hpp"
#include "model/tcp_option.hpp"

namespace tcpstep::model {

// The connections of a big capture are not in the processor's caches, and each segment needs four
// things of its connection, one of which tells where the next one is. So these are asked for one
// by one while segments that came before are looked at: nobody waits for memory.
SegmentId Observation::take(const SocketAddress& source, const SocketAddress& destination,
                            const SegmentSummary& summary, std::span<const std::uint8_t> headers) {
    const SegmentStore::Unplaced stored = store_.append(source, destination, summary, headers);
    const SegmentId id = store_.size();
    Gathered& gathered = gathered_[id % kGather];
    flows_.fetch(source, destination, gathered.hint);
    gathered.source = source;
    gathered.destination = destination;
    gathered.summary = summary;
    gathered.summary.id = id;
    gathered.stored = stored;
    go_on(kApart);
    return id;
}

void Observation::catch_up() {
    go_on(0);
}

void Observation::go_on(SegmentId apart) {
    const SegmentId newest = store_.size();
    while (expected_ + apart < newest) expect(gathered_[++expected_ % kGather]);
    while (fetched_ + 2 * apart < newest) fetch(gathered_[++fetched_ % kGather]);
    while (looked_at_ + 3 * apart < newest) look_at(gathered_[++looked_at_ % kGather]);
}

void Observation::expect(Gathered& gathered) {
    flows_.expect(gathered.hint);
    if (gathered.hint.likely) __builtin_prefetch(&tallies_[*gathered.hint.likely]);
}

void Observation::fetch(const Gathered& gathered) const {
    if (!gathered.hint.likely) return;
    const ConnectionIndex likely = *gathered.hint.likely;
    const tracking::Tracker* const tracker = trackers_.find(likely);
    if (tracker == nullptr) return;
    tracker->fetch(quiet_[likely] && !gathered.summary.flags.control());
}

void Observation::look_at(const Gathered& gathered) {
    const SegmentSummary& summary = gathered.summary;
    const FlowTable::Placed placed =
        flows_.place(gathered.hint, gathered.source, gathered.destination,
                     {summary.seq, summary.ack, summary.flags});
    if (placed.began) begin(placed, summary);
    SegmentStore::put(gathered.stored, {placed.connection, placed.side});
    latest_ = std::max(latest_, summary.time);
    if (placed.syn_in_doubt) doubt(placed.connection, placed.side, summary);
    track(placed.connection, placed.side, summary);
}

void Observation::finish() {
    catch_up();
    begin_doubted();
    for (const auto& [next, old] : superseded_) settle(old.index, old.ended);
    for (ConnectionIndex i = 0; i < connections(); ++i) settle(i, latest_);
    superseded_.clear();
    in_doubt_.clear();
}

ObservedConnection Observation::connection(ConnectionIndex index) const {
    const Watched& watched = watched_[index];
    const Tally& tally = tallies_[index];
    return {flows_.id(index), flows_.roles_guessed(index),
            tally.segments,   watched.first,
            tally.last,       watched.began,
            tally.ended};
}

std::vector<TrackedChange> Observation::changes(ConnectionIndex index) const {
    const tracking::Tracker* const tracker = trackers_.find(index);
    std::vector<TrackedChange> changes = tracker ? tracker->changes() : watched_[index].changes;
    if (flows_.role(index, Side::Low) == told(Side::Low)) return changes;
    for (TrackedChange& change : changes) change.endpoint = peer(change.endpoint);
    return changes;
}

State Observation::state(ConnectionIndex index, Role endpoint) const {
    State state = State::Unknown;
    for (const TrackedChange& change : changes(index)) {
        if (change.endpoint == endpoint) state = change.to;
    }
    return state;
}

Time Observation::time(SegmentId id) const {
    return store_.time(id);
}

ConnectionIndex Observation::connection_of(SegmentId id) const {
    return store_.place(id).connection;
}

SegmentSummary Observation::summary(SegmentId id) const {
    SegmentSummary summary = store_.summary(id);
    const SegmentPlace place = store_.place(id);
    summary.from = flows_.role(place.connection, place.side);
    return summary;
}

Segment Observation::segment(SegmentId id) const {
    const SegmentSummary told = summary(id);
    const SegmentPlace place = store_.place(id);
    const SocketAddress& source = flows_.address(place.connection, place.side);
    const SocketAddress& destination = flows_.peer_address(place.connection, place.side);

    Segment segment;
    segment.id = id;
    segment.from = told.from;
    segment.seq = told.seq;
    segment.ack = told.ack;
    segment.flags = told.flags;
    segment.window = told.window;
    segment.length = told.length;
    segment.headers = store_.headers(id, source, destination);
    segment.options = parse_tcp_options(tcp_options_in(segment.headers));
    return segment;
}

Event Observation::event(SegmentId id) const {
    return {time(id), connection_of(id), SegmentSent{segment(id)}};
}

std::size_t Observation::bytes() const {
    std::size_t octets = flows_.bytes() + store_.bytes() + watched_.capacity() * sizeof(Watched) +
                         tallies_.capacity() * sizeof(Tally);
    for (ConnectionIndex i = 0; i < connections(); ++i) {
        if (trackers_.find(i)) octets += sizeof(tracking::Tracker);
        octets += watched_[i].changes.capacity() * sizeof(TrackedChange);
    }
    return octets;
}

void Observation::begin(const FlowTable::Placed& placed, const SegmentSummary& summary) {
    const ConnectionIndex index = placed.connection;
    watched_.emplace_back();
    tallies_.emplace_back();
    const Side client = flows_.role(index, Side::Low) == Role::Client ? Side::Low : Side::High;
    trackers_.emplace_back(flows_.to_itself(index));
    quiet_.push_back(false);
    if (!placed.before) return;
    if (placed.syn_taken_back) {
        take_back(*placed.before, index,
                  summary.flags.ack() ? summary.ack + 0xffffffffU : summary.seq);
    }
    in_doubt_.erase(*placed.before);
    settle_superseded_by(*placed.before, std::nullopt);
    const bool earlier = tallies_[index].segments != 0;  // a SYN that was taken back
    const Time began = earlier ? watched_[index].began : summary.time;
    superseded_.emplace(index, Superseded{*placed.before, client, began});
    if (auto* const tracker = trackers_.find(*placed.before)) tracker->give_way(told(client));
}

// Nothing more tells of the connection before this one, but that this end answers in this one.
void Observation::settle_superseded_by(ConnectionIndex next, std::optional<Side> answers) {
    const auto found = superseded_.find(next);
    if (found == superseded_.end() || found->second.opener == answers) return;
    const auto [index, opener, ended] = found->second;
    if (auto* const tracker = answers ? trackers_.find(index) : nullptr) {
        tracker->give_way(told(*answers));
    }
    settle(index, ended);
    superseded_.erase(found);
}

void Observation::doubt(ConnectionIndex index, Side side, const SegmentSummary& syn) {
    const auto known = in_doubt_.find(index);
    if (known == in_doubt_.end() || known->second.isn != syn.seq) {
        in_doubt_.insert_or_assign(index, Doubted{syn.seq, side, {}, *trackers_.find(index)});
    }
    in_doubt_.find(index)->second.syns.push_back({syn.id, tallies_[index].last});
}

// Nothing has answered these SYNs. Their sender did not go on with its connection either.
void Observation::begin_doubted() {
    std::vector<ConnectionIndex> over;
    for (const auto& [index, doubted] : in_doubt_) {
        if (!doubted.went_on) over.push_back(index);
    }
    std::sort(over.begin(), over.end());
    for (const ConnectionIndex index : over) {
        const SegmentSummary syn = store_.summary(in_doubt_.find(index)->second.syns.front().syn);
        begin(flows_.begin_doubted(index), syn);
    }
}

void Observation::take_back(ConnectionIndex before, ConnectionIndex index, SeqNum isn) {
    Tally& old = tallies_[before];
    const auto doubted = in_doubt_.find(before);
    if (doubted == in_doubt_.end()) return;
    const std::vector<InDoubt> syns = std::move(doubted->second.syns);
    if (auto* const tracker = trackers_.find(before)) {
        *tracker = std::move(doubted->second.without);
        quiet_[before] = tracker->quiet();
    }
    for (auto doubt = syns.rbegin(); doubt != syns.rend(); ++doubt) {
        if (store_.summary(doubt->syn).seq != isn) continue;
        store_.move(doubt->syn, index);
        --old.segments;
        if (old.last != doubt->syn) continue;
        old.last = doubt->last_before;
        old.ended = store_.time(old.last);
    }
    for (const InDoubt& doubt : syns) {
        if (store_.place(doubt.syn).connection != index) continue;
        track(index, store_.place(doubt.syn).side, store_.summary(doubt.syn));
    }
}

void Observation::track(ConnectionIndex index, Side side, SegmentSummary summary) {
    Tally& tally = tallies_[index];
    tracking::Tracker& tracker = *trackers_.find(index);
    if (tally.segments == 0) {
        watched_[index].first = summary.id;
        watched_[index].began = summary.time;
    }
    ++tally.segments;
    tally.last = summary.id;
    tally.ended = summary.time;
    summary.from = told(side);
    if (quiet_[index] && !summary.flags.control()) {
        tracker.note(summary);
    } else {
        tracker.take(summary);
        quiet_[index] = tracker.quiet();
    }
    if (answers_syn(summary.flags, summary.seq)) settle_superseded_by(index, side);
    if (in_doubt_.empty()) return;
    const auto doubted = in_doubt_.find(index);
    if (doubted == in_doubt_.end()) return;
    if (summary.flags.opens() && summary.seq == doubted->second.isn) return;
    doubted->second.without.take(summary);
    // A RST without ACK answers what came to no socket of that connection.
    const bool answers = summary.flags.rst() && !summary.flags.ack();
    doubted->second.went_on |= side == doubted->second.sender && !answers;
}

void Observation::settle(ConnectionIndex index, Time ended) {
    tracking::Tracker* const tracker = trackers_.find(index);
    if (tracker == nullptr) return;
    tracker->finish(ended);
    watched_[index].changes = tracker->changes();  // a copy has no room to spare
    trackers_.drop(index);
}

}  // namespace tcpstep::model
