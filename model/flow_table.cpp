#include "model/flow_table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

namespace tcpstep::model {

namespace {

// 0 if there are none. Without a branch.
std::uint64_t differences(const SocketAddress& one, const SocketAddress& other) {
    const unsigned ports = one.port ^ other.port;
    const unsigned versions = static_cast<unsigned>(one.ip.v6 ^ other.ip.v6);
    std::array<std::uint64_t, 2> words;
    std::array<std::uint64_t, 2> other_words;
    std::memcpy(words.data(), one.ip.bytes.data(), sizeof words);
    std::memcpy(other_words.data(), other.ip.bytes.data(), sizeof other_words);
    return (words[0] ^ other_words[0]) | (words[1] ^ other_words[1]) | ports | versions;
}

SeqNum one_before(SeqNum seq) {
    return seq + 0xffffffffU;
}

}  // namespace

Side FlowTable::Flow::other(Side side) const {
    return side == Side::High || low == high ? Side::Low : Side::High;
}

bool FlowTable::Flow::is_between(const SocketAddress& one, const SocketAddress& other,
                                 Side& side) const {
    // Which end sends is a coin toss: compared without a branch that would guess it.
    const bool straight = differences(one, low) == 0;
    const SocketAddress* const lower = straight ? &one : &other;
    const SocketAddress* const higher = straight ? &other : &one;
    side = straight ? Side::Low : Side::High;
    return (differences(*lower, low) | differences(*higher, high)) == 0;
}

void FlowTable::expect(Hint& hint) const {
    const ConnectionIndex likely =
        newest_.find(hint.hash, [](HashIndex::Position) { return true; });
    if (likely == HashIndex::kNone) return;
    hint.likely = likely;
    __builtin_prefetch(&flows_[likely]);
}

FlowTable::Placed FlowTable::place(const Hint& hint, const SocketAddress& source,
                                   const SocketAddress& destination, const Facts& facts) {
    Found found;
    if (!find_newest(hint, source, destination, found)) {
        return begin(hint.hash, source, destination, facts);
    }
    const auto [index, side] = found;
    Flow& flow = flows_[index];
    if (facts.flags.syn() && begins_next(flow, side, facts)) {
        return begin_next(hint.hash, index, side, facts);
    }
    note(flow, side, facts);
    return {.connection = index,
            .side = side,
            .from = role(index, side),
            .before = std::nullopt,
            .syn_in_doubt = facts.flags.opens() && flow.doubts(side, facts.seq)};
}

std::optional<ConnectionIndex> FlowTable::find(const SocketAddress& one,
                                               const SocketAddress& other) const {
    Found found;
    if (!find_newest({hash_.of_pair(one, other), std::nullopt}, one, other, found)) {
        return std::nullopt;
    }
    return found.connection;
}

ConnectionId FlowTable::id(ConnectionIndex index) const {
    const Flow& flow = flows_[index];
    return {address(index, flow.client), address(index, flow.other(flow.client)), flow.generation};
}

bool FlowTable::find_newest(const Hint& hint, const SocketAddress& one, const SocketAddress& other,
                            Found& found) const {
    const auto is_it = [&](ConnectionIndex index) {
        return flows_[index].is_between(one, other, found.side);
    };
    if (hint.likely && !flows_[*hint.likely].superseded && is_it(*hint.likely)) {
        found.connection = *hint.likely;
        return true;
    }
    found.connection = newest_.find(hint.hash, is_it);
    return found.connection != HashIndex::kNone;
}

FlowTable::Placed FlowTable::begin(std::uint32_t hash, const SocketAddress& source,
                                   const SocketAddress& destination, const Facts& facts) {
    const auto index = static_cast<ConnectionIndex>(flows_.size());
    Flow& flow = flows_.emplace_back();
    flow.low = std::min(source, destination);
    flow.high = std::max(source, destination);
    newest_.insert(hash, index);
    const Side side = source == flow.low ? Side::Low : Side::High;
    note_first(flow, side, facts);
    return {.connection = index,
            .side = side,
            .from = role(index, side),
            .began = true,
            .before = std::nullopt};
}

// Linux: a socket in TIME_WAIT lets a SYN with a greater sequence number, or a later timestamp,
// open a new connection, and answers any other with an ACK; the SYN's sender answers that with a
// RST and sends the SYN again. Either way the sender has begun a new connection, so it is asked
// only whether the sequence number is another. In SYN_RCVD and the synchronized states the answer
// is always such an ACK (RFC 5961 4.2).
bool FlowTable::begins_next(const Flow& flow, Side side, const Facts& facts) {
    if (facts.flags.answers_syn()) return flow.doubts(flow.other(side), one_before(facts.ack));
    if (!facts.flags.opens()) return false;
    if (flow.has_isn(side, facts.seq) || flow.had_isn(side, facts.seq)) return false;
    return flow.over() ||
           (flow.marks.has(Mark::Opened, side) && !flow.marks.has(Mark::Answered, side));
}

FlowTable::Placed FlowTable::begin_next(std::uint32_t hash, ConnectionIndex before, Side side,
                                        const Facts& facts) {
    const Flow old = flows_[before];
    const bool by_syn = facts.flags.opens();  // else by the SYN,ACK that answers a SYN in doubt
    const Side client = by_syn ? side : old.other(side);
    const SeqNum isn = by_syn ? facts.seq : one_before(facts.ack);

    const auto index = static_cast<ConnectionIndex>(flows_.size());
    Flow& flow = flows_.emplace_back();
    flow.low = old.low;
    flow.high = old.high;
    flow.generation = old.generation + 1;
    flow.old_side = old.marks.has(Mark::Opened, client) ? client : old.other(client);
    flow.has_old = old.marks.has(Mark::Opened, flow.old_side);
    flow.old_isn = old.isn_of(flow.old_side);
    newest_.replace(hash, before, index);
    flows_[before].superseded = true;

    note_first(flow, client, {isn, SeqNum(), Flags(Flags::kSyn)});
    if (!by_syn) note(flow, side, facts);
    return {.connection = index,
            .side = side,
            .from = role(index, side),
            .began = true,
            .before = before,
            .syn_taken_back = old.doubts(client, isn)};
}

FlowTable::Placed FlowTable::begin_doubted(ConnectionIndex before) {
    const Flow& flow = flows_[before];
    assert(flow.has_doubt && !flow.superseded);
    return begin_next(hash_.of_pair(flow.low, flow.high), before, flow.doubtful_side,
                      {flow.doubtful_isn, SeqNum(), Flags(Flags::kSyn)});
}

bool FlowTable::server_known(const Flow& flow) const {
    return server_ && (flow.low == *server_ || flow.high == *server_);
}

void FlowTable::note_first(Flow& flow, Side side, const Facts& facts) const {
    const Side other = flow.other(side);
    if (server_known(flow)) {
        flow.client = flow.low == *server_ ? flow.other(Side::Low) : Side::Low;
    } else if (facts.flags.syn()) {
        flow.client = facts.flags.opens() ? side : other;
    } else {
        flow.client = flow.address(side).port >= flow.address(other).port ? side : other;
        flow.guessed = flow.low != flow.high;
    }
    // Should a SYN be captured after what it began, these are the numbers that it has.
    if (!facts.flags.syn()) flow.begin_unseen(side, one_before(facts.seq));
    if (facts.flags.ack()) flow.begin_unseen(other, one_before(facts.ack));
    note(flow, side, facts);
}

void FlowTable::note(Flow& flow, Side side, const Facts& facts) const {
    const Side other = flow.other(side);
    const Flags flags = facts.flags;
    if (flow.marks.has(Mark::Answered, other) && !flags.control()) return;
    if (flags.opens()) note_syn(flow, side, facts.seq);
    if (flags.answers_syn()) note_syn_ack(flow, side, facts);
    if (flags.ack() && !flags.rst() && flow.marks.has(Mark::Isn, other) &&
        before(flow.isn_of(other), facts.ack)) {
        flow.marks.add(Mark::Answered, other);
    }
    if (flags.fin()) flow.marks.add(Mark::Finished, side);
    if (flags.rst()) flow.reset = true;
}

void FlowTable::note_syn(Flow& flow, Side side, SeqNum seq) const {
    if (flow.had_isn(side, seq)) return;
    if (flow.marks.has(Mark::Isn, side) && !flow.has_isn(side, seq)) {
        flow.has_doubt = true;
        flow.doubtful_side = side;
        flow.doubtful_isn = seq;
        return;
    }
    flow.set_isn(side, seq);
    flow.marks.add(Mark::Opened, side);
    if (server_known(flow)) return;
    if (flow.marks.both(Mark::Opened)) {
        flow.client = Side::Low;  // the SYNs cross
    } else if (flow.guessed) {
        flow.client = side;
    }
    flow.guessed = false;
}

void FlowTable::note_syn_ack(Flow& flow, Side side, const Facts& facts) const {
    const Side other = flow.other(side);
    // A server with SYN cookies, or whose request timed out, may answer a SYN sent again with
    // another sequence number; an old duplicate does not acknowledge this SYN.
    if (!flow.marks.has(Mark::Isn, side) || flow.has_isn(other, one_before(facts.ack))) {
        flow.set_isn(side, facts.seq);
    }
    if (flow.guessed) flow.client = other;
    flow.guessed = false;
}

}  // namespace tcpstep::model
