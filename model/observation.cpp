#include "model/observation.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "model/header_layout.hpp"
#include "model/tcp_option.hpp"

namespace tcpstep::model {

namespace {

// A tracker is several cache lines.
void fetch(const Tracker* tracker) {
    if (tracker == nullptr) return;
    constexpr std::size_t kLine = 64;
    const auto* octets = reinterpret_cast<const std::uint8_t*>(tracker);
    for (std::size_t at = 0; at < sizeof(Tracker); at += kLine) __builtin_prefetch(octets + at);
}

}  // namespace

// The connections of a big capture are not in the processor's caches, and each segment needs four
// things of its connection, one of which tells where the next one is. Looked at one by one, a
// segment waits four times for memory; several together wait at the same time.
SegmentId Observation::take(const SocketAddress& source, const SocketAddress& destination,
                            const SegmentSummary& summary, std::span<const std::uint8_t> headers) {
    const std::uint32_t hash = flows_.fetch(source, destination);
    if (headers.size() > Gathered::kMostHeaders) {
        catch_up();
        look_at(hash, source, destination, summary, headers);
        return segments();
    }
    Gathered& gathered = gathered_[gathered_count_++];
    gathered.hash = hash;
    gathered.source = source;
    gathered.destination = destination;
    gathered.summary = summary;
    gathered.size = headers.size();
    std::copy(headers.begin(), headers.end(), gathered.headers.begin());
    if (gathered_count_ == kGather) catch_up();
    return segments();
}

void Observation::catch_up() {
    const std::span all = std::span(gathered_).first(gathered_count_);
    for (Gathered& gathered : all) {
        gathered.likely = flows_.expect(gathered.hash);
        if (gathered.likely) __builtin_prefetch(&watched_[*gathered.likely]);
    }
    for (const Gathered& gathered : all) {
        if (gathered.likely) fetch(watched_[*gathered.likely].tracker.get());
    }
    for (const Gathered& gathered : all) {
        look_at(gathered.hash, gathered.source, gathered.destination, gathered.summary,
                std::span(gathered.headers).first(gathered.size));
    }
    gathered_count_ = 0;
}

void Observation::look_at(std::uint32_t hash, const SocketAddress& source,
                          const SocketAddress& destination, const SegmentSummary& summary,
                          std::span<const std::uint8_t> headers) {
    const FlowTable::Placed placed =
        flows_.place(hash, source, destination, {summary.seq, summary.ack, summary.flags});
    if (placed.began) begin(placed, summary);
    store_.append({placed.connection, placed.side}, source, destination, summary, headers);
    const SegmentId id = store_.size();
    latest_ = std::max(latest_, summary.time);
    if (placed.syn_in_doubt) doubt(placed.connection, id, summary.seq);
    track(placed.connection, placed.side, summary, id);
}

void Observation::finish() {
    catch_up();
    for (Watched& watched : watched_) settle(watched, latest_);
    in_doubt_.clear();
}

ObservedConnection Observation::connection(ConnectionIndex index) const {
    const Watched& watched = watched_[index];
    return {flows_.id(index), flows_.roles_guessed(index), watched.segments, watched.first,
            watched.last};
}

std::vector<TrackedChange> Observation::changes(ConnectionIndex index) const {
    const Watched& watched = watched_[index];
    std::vector<TrackedChange> changes =
        watched.tracker ? watched.tracker->changes() : watched.changes;
    if (flows_.role(index, watched.client_told) == Role::Client) return changes;
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
    std::size_t octets = flows_.bytes() + store_.bytes() + watched_.capacity() * sizeof(Watched);
    for (const Watched& watched : watched_) {
        if (watched.tracker) octets += sizeof(Tracker);
        octets += watched.changes.capacity() * sizeof(TrackedChange);
    }
    return octets;
}

void Observation::begin(const FlowTable::Placed& placed, const SegmentSummary& summary) {
    const ConnectionIndex index = placed.connection;
    Watched& watched = watched_.emplace_back();
    const Side client = flows_.role(index, Side::Low) == Role::Client ? Side::Low : Side::High;
    watched.client_told = client;
    watched.tracker = std::make_unique<Tracker>(flows_.to_itself(index));
    if (!placed.before) return;
    if (placed.syn_taken_back) {
        take_back(*placed.before, index,
                  summary.flags.ack() ? summary.ack + 0xffffffffU : summary.seq);
    }
    in_doubt_.erase(*placed.before);
    Watched& old = watched_[*placed.before];
    if (old.tracker) old.tracker->give_way(client == old.client_told ? Role::Client : Role::Server);
    const SegmentId first = watched_[index].first;  // a SYN that was taken back
    settle(old, first == 0 ? summary.time : store_.time(first));
}

void Observation::doubt(ConnectionIndex index, SegmentId id, SeqNum isn) {
    const Watched& watched = watched_[index];
    const auto [doubted, fresh] = in_doubt_.try_emplace(index, Doubted{isn, {}, *watched.tracker});
    if (!fresh && doubted->second.isn != isn) doubted->second = {isn, {}, *watched.tracker};
    doubted->second.syns.push_back({id, watched.last});
}

void Observation::take_back(ConnectionIndex before, ConnectionIndex index, SeqNum isn) {
    Watched& old = watched_[before];
    const auto doubted = in_doubt_.find(before);
    if (doubted == in_doubt_.end()) return;
    const std::vector<InDoubt> syns = std::move(doubted->second.syns);
    if (old.tracker) *old.tracker = std::move(doubted->second.without);
    for (auto doubt = syns.rbegin(); doubt != syns.rend(); ++doubt) {
        if (store_.summary(doubt->syn).seq != isn) continue;
        store_.move(doubt->syn, index);
        --old.segments;
        if (old.last == doubt->syn) old.last = doubt->last_before;
    }
    for (const InDoubt& doubt : syns) {
        if (store_.place(doubt.syn).connection != index) continue;
        track(index, store_.place(doubt.syn).side, store_.summary(doubt.syn), doubt.syn);
    }
}

void Observation::track(ConnectionIndex index, Side side, SegmentSummary summary, SegmentId id) {
    Watched& watched = watched_[index];
    if (watched.first == 0) watched.first = id;
    watched.last = id;
    ++watched.segments;
    summary.id = id;
    summary.from = side == watched.client_told ? Role::Client : Role::Server;
    watched.tracker->take(summary);
    if (in_doubt_.empty()) return;
    const auto doubted = in_doubt_.find(index);
    if (doubted == in_doubt_.end()) return;
    const bool is_syn = summary.flags.syn() && !summary.flags.ack();
    if (!is_syn || summary.seq != doubted->second.isn) doubted->second.without.take(summary);
}

void Observation::settle(Watched& watched, Time ended) {
    if (!watched.tracker) return;
    watched.tracker->finish(ended);
    watched.changes = watched.tracker->changes();  // a copy has no room to spare
    watched.tracker.reset();
}

}  // namespace tcpstep::model
