#include "model/tracking/tracker.hpp"

#include <algorithm>
#include <cstddef>

namespace tcpstep::model::tracking {

namespace {

// A segment of this connection is seldom further from those before it: buffers are smaller.
constexpr std::int64_t kFurthestSeen = 1 << 27;

using Change = std::vector<TrackedChange>::const_iterator;

// The end sent the segment after which it changed, and by that: this comes before what the segment
// did to its receiver.
bool acts(Change change, Change end) {
    const SegmentId after = change->after;
    return std::any_of(
        change,
        std::find_if(change, end, [&](const TrackedChange& one) { return one.after != after; }),
        [&](const TrackedChange& one) {
            const Transition* edge = one.edge();
            return one.cause == after && edge != nullptr &&
                   (edge->on == On::ActiveOpen || edge->on == On::Close || edge->on == On::Abort);
        });
}

}  // namespace

void Tracker::take(const SegmentSummary& segment) {
    if (settled_ && !segment.flags.control()) {
        note(segment, sender(receiver(segment.from)));
        if (began_before_) prove_beginnings();
        return;
    }
    if (is_foreign(segment)) return;
    const Role from = segment.from;
    const Role to = receiver(from);
    if (!begun_) first_ = from;
    begun_ = true;
    const bool old = sender(from).is_old(segment);
    if (!old) {
        measure(segment, sender(to));
        note_idle(segment);
        if (end(from).state() == State::Unknown && !segment.flags.syn()) began_before_ = true;
        if (segment.flags.syn() && segment.flags.ack() && sender(to).syn == 0) {
            end(to).begin_in(State::SynSent, segment.id, Doubt::BeganBefore);
        }
        end(from).sent(segment, view(from));
    }
    end(to).offered(segment, view(to));
    if (old) {
        sender(from).note_old(segment);
    } else {
        sender(from).note(segment, sender(to));
        if (began_before_) prove_beginnings();
    }
    settled_ = end(Role::Client).quiet() && end(receiver(Role::Client)).quiet();
}

void Tracker::finish(Time capture_ended) {
    for (const Role role : {Role::Client, Role::Server}) {
        end(role).silent_until(capture_ended, view(role));
    }
    finished_ = true;
}

void Tracker::note(const SegmentSummary& segment) {
    note(segment, sender(peer(segment.from)));
}

void Tracker::fetch(bool quiet) const {
    if (quiet) {
        for (const Sender& each : senders_) __builtin_prefetch(&each);
        return;
    }
    constexpr std::size_t kLine = 64;
    const auto* const octets = reinterpret_cast<const std::byte*>(this);
    for (std::size_t at = 0; at < sizeof(Tracker); at += kLine) __builtin_prefetch(octets + at);
}

void Tracker::give_way(Role endpoint) {
    end(endpoint).gone(sender(endpoint).last_time, view(endpoint));
}

std::vector<TrackedChange> Tracker::changes() const {
    if (!finished_) {
        Tracker as_of_now = *this;
        as_of_now.finish(std::max(senders_[0].last_time, senders_[1].last_time));
        return as_of_now.changes();
    }
    const std::vector<TrackedChange> first = changes_of(first_);
    const std::vector<TrackedChange> second = changes_of(peer(first_));
    std::vector<TrackedChange> changes;
    changes.reserve(first.size() + second.size());
    auto one = first.begin();
    auto other = second.begin();
    while (one != first.end() || other != second.end()) {
        const bool is_one =
            other == second.end() ||
            (one != first.end() && (one->after < other->after ||
                                    (one->after == other->after && !acts(other, second.end()))));
        auto& next = is_one ? one : other;
        const auto last = is_one ? first.end() : second.end();
        for (const SegmentId after = next->after; next != last && next->after == after; ++next) {
            changes.push_back(*next);
        }
    }
    return changes;
}

std::vector<TrackedChange> Tracker::changes_of(Role role) const {
    std::vector<TrackedChange> changes;
    Position at;
    for (const Step& step : end(role).steps()) {
        const Transition* edge = step.on ? find_transition(at.state, *step.on, at.opened) : nullptr;
        TrackedChange change;
        change.after = step.after;
        change.cause = step.cause;
        change.endpoint = role;
        change.from = at.state;
        change.to = step.to;
        change.doubt = step.doubt;
        if (edge != nullptr) change.edge_index = static_cast<std::uint8_t>(edge - kMachine.data());
        changes.push_back(change);
        at = moved(at, step);
    }
    return changes;
}

View Tracker::view(Role role) const {
    return {senders_[index(role)], senders_[index(receiver(role))]};
}

// Of an earlier connection between these addresses, or of none.
bool Tracker::is_foreign(const SegmentSummary& segment) {
    const Sender& own = sender(segment.from);
    const Sender& other = sender(receiver(segment.from));
    if (segment.flags.syn() && !segment.flags.ack()) {
        return own.iss_known && segment.seq != own.iss;
    }
    // A server may answer the same SYN anew, with another number (a SYN cookie).
    if (segment.flags.syn() && segment.ack == other.iss + 1) return false;
    const auto far = [](SeqNum known, SeqNum told) {
        const std::int64_t apart = signed_distance(known, told);
        return apart > kFurthestSeen || apart < -kFurthestSeen;
    };
    // RFC 9293 3.10.7.1: the RST that answers a SYN acknowledges it.
    if (segment.flags.rst() && !segment.flags.ack() && !own.next_known && other.iss_known) {
        return true;
    }
    // Nothing of a connection comes before its SYN.
    if (segment.flags.ack() && other.near_iss() && at_or_before(segment.ack, other.iss))
        return true;
    const bool numbered = !segment.flags.rst() || !segment.flags.ack() || segment.seq != SeqNum(0);
    if (numbered && own.near_iss() && before(segment.seq, own.iss)) return true;
    return (numbered && own.next_known && far(own.next, segment.seq)) ||
           (segment.flags.ack() && other.next_known && far(other.next, segment.ack));
}

void Tracker::note(const SegmentSummary& segment, const Sender& other) {
    measure(segment, other);
    sender(segment.from).note(segment, other);
}

// How long an end takes to answer what was captured on its way to it.
void Tracker::measure(const SegmentSummary& segment, const Sender& other) {
    Sender& own = sender(segment.from);
    if (segment.flags.rst() || !segment.flags.ack() || !other.next_known) return;
    if (!own.told_known) {
        if (other.syn != 0) own.loop = plausible(segment.time - other.syn_time);
        return;
    }
    if (segment.ack != other.next || !before(own.told, segment.ack)) return;
    const Duration sample = plausible(segment.time - other.occupying_time);
    if (sample > 2 * own.loop + std::chrono::milliseconds(2)) return;  // an ACK may be delayed
    own.loop += (sample - own.loop) / 4;
}

// What an end sends when all before was acknowledged for a while was not waiting: so its process
// had not closed it before.
void Tracker::note_idle(const SegmentSummary& segment) {
    Sender& own = sender(segment.from);
    const Sender& other = sender(receiver(segment.from));
    if (segment.sequence_length() == 0 || !other.told_known || other.told != own.next) return;
    const Duration idle = segment.time - other.told_time;
    if (idle > std::chrono::milliseconds(5) + 2 * own.loop) own.was_idle = true;
}

// Who sends what is new had not sent its FIN before; nor had the other end taken a FIN of which it
// had acknowledged nothing.
void Tracker::prove_beginnings() {
    for (const Role role : {Role::Client, Role::Server}) {
        const Sender& other = sender(peer(role));
        end(role).prove_beginning(sender(role).advanced, other.advanced, other.fin_was_news);
    }
    began_before_ = !senders_[0].advanced || !senders_[1].advanced;
}

}  // namespace tcpstep::model::tracking
