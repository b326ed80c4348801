#include "app/lab/flight.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::lab {

namespace {

using capture::Packet;
using model::Segment;
using model::SegmentId;
using model::Time;

// No captured copy comes later here than this after it was sent.
constexpr std::chrono::seconds kLatest{2};

bool same_way(const Packet& a, const Packet& b) {
    return a.source == b.source && a.destination == b.destination;
}

bool opposite_ways(const Packet& a, const Packet& b) {
    return a.source == b.destination && a.destination == b.source;
}

// The same octets, SYN and FIN again. The SYN,ACK of a simultaneous open has its SYN's number, but
// says something new. ACKs without any are not copies of each other: three equal
// ones tell of a loss (RFC 5681 3.2).
bool sends_again(const Packet& again, const Packet& original) {
    const Segment& a = again.segment;
    const Segment& b = original.segment;
    return same_way(again, original) && a.sequence_length() > 0 && a.seq == b.seq &&
           a.length == b.length && a.flags.syn() == b.flags.syn() &&
           a.flags.fin() == b.flags.fin() && a.flags.rst() == b.flags.rst() &&
           (!a.flags.syn() || a.flags.ack() == b.flags.ack());
}

// `answer` tells the sender of `segment` that all of it has arrived.
bool acknowledges(const Packet& answer, const Packet& segment) {
    return opposite_ways(answer, segment) && answer.segment.flags.ack() &&
           !answer.segment.flags.rst() && at_or_before(segment.segment.end(), answer.segment.ack);
}

}  // namespace

SegmentId Flight::absorbed_by(const Packet& sent, Time at,
                              const std::vector<Coming>& coming) const {
    if (!absorbs_) return 0;
    for (const Aloft& one : aloft_) {
        if (!one.is_copy && sends_again(sent, one.packet)) {
            return one.copy_of != 0 ? one.copy_of : one.id;
        }
    }
    for (const Coming& one : coming) {
        if (sends_again(sent, *one.packet)) return one.copy_of != 0 ? one.copy_of : one.id;
    }
    if (sent.segment.sequence_length() == 0) return 0;
    if (const Delivered* late = delivered_after(sent, at)) return late->id;
    const auto original =
        std::find_if(delivered_.begin(), delivered_.end(), [&](const Delivered& earlier) {
            const Segment& one = earlier.packet.segment;
            return !earlier.acknowledged && same_way(sent, earlier.packet) &&
                   sent.segment.seq == one.seq &&
                   (!one.flags.syn() || sends_again(sent, earlier.packet));
        });
    const auto answers = [&sent](SegmentId copy_of, const Packet& packet) {
        return copy_of == 0 && acknowledges(packet, sent);
    };
    const bool answered =
        std::any_of(aloft_.begin(), aloft_.end(),
                    [&](const Aloft& one) { return answers(one.copy_of, one.packet); }) ||
        std::any_of(coming.begin(), coming.end(),
                    [&](const Coming& one) { return answers(one.copy_of, *one.packet); });
    return answered && original != delivered_.end() ? original->id : 0;
}

Orders Flight::stopped(Aloft segment, Time now) {
    Orders orders;
    segment.since = now;
    if (segment.copy_of != 0) {
        if (delivered_after(segment.packet, segment.sent) != nullptr) {
            aloft_.push_back(std::move(segment));
            discard(aloft_.end() - 1, orders);
            return orders;
        }
        aloft_.push_back(std::move(segment));
        // What it stood behind may have gone on between its capture and its arrival here.
        let_copies_stand(now, orders);
        return orders;
    }
    model::SegmentHeld held{segment.id, 0};
    if (!stops(segment)) {
        if (policy_.transit.count() == 0) {
            aloft_.push_back(std::move(segment));
            send_on(aloft_.end() - 1, now, orders);
            return orders;
        }
        held.pass_ms = policy_.transit.count();
        segment.passes_at = now + policy_.transit;
    }
    orders.push_back({held, Order::Do::Nothing, {}});
    place(std::move(segment), orders);
    return orders;
}

// At the end, but before those that let it overtake.
void Flight::place(Aloft segment, Orders& orders) {
    const SegmentId id = segment.id;
    const Packet packet = segment.packet;
    std::vector<SegmentId> yielding;  // the last of them first: each goes right behind the new one
    for (auto one = aloft_.rbegin(); one != aloft_.rend(); ++one) {
        if (one->yields) yielding.push_back(one->id);
    }
    aloft_.push_back(std::move(segment));
    for (const SegmentId one : yielding) {
        const auto from = find(one);
        if (same_way(from->packet, packet)) from->yields = false;
        std::rotate(from, from + 1, find(id) + 1);
        orders.push_back({model::SegmentHeldBack{one, id}, Order::Do::Nothing, {}});
    }
}

Orders Flight::deliver(SegmentId id, Time now) {
    Orders orders;
    const auto segment = find(id);
    if (segment == aloft_.end()) return orders;
    send_on(segment, now, orders);
    let_copies_stand(now, orders);
    return orders;
}

Orders Flight::drop(SegmentId id, Time now) {
    Orders orders;
    const auto segment = find(id);
    if (segment == aloft_.end()) return orders;
    const bool original = !segment->is_copy;
    discard(segment, orders);
    // Its copies are what is seen on the wire as this one segment: they are lost with it. What its
    // sender sends next stands for itself.
    for (auto copy = aloft_.begin(); original && copy != aloft_.end();) {
        if (copy->copy_of != id) {
            ++copy;
            continue;
        }
        const auto index = copy - aloft_.begin();
        discard(copy, orders);
        copy = aloft_.begin() + index;
    }
    let_copies_stand(now, orders);
    return orders;
}

Orders Flight::duplicate(SegmentId id, SegmentId copy_id, Time now) {
    const auto segment = find(id);
    if (segment == aloft_.end()) return {};
    Aloft copy = *segment;
    copy.id = copy_id;
    copy.packet.segment.id = copy_id;
    copy.number.reset();
    copy.is_copy = true;
    copy.since = now;
    aloft_.insert(segment + 1, std::move(copy));
    return {{model::SegmentDuplicated{id, copy_id}, Order::Do::Nothing, {}}};
}

Orders Flight::hold_back(SegmentId id) {
    const auto segment = find(id);
    if (segment == aloft_.end()) return {};
    const auto stands = [](const Aloft& one) { return one.copy_of == 0; };
    const auto next = std::find_if(segment + 1, aloft_.end(), [&](const Aloft& one) {
        return stands(one) && same_way(one.packet, segment->packet);
    });
    segment->yields = next == aloft_.end();
    const auto last = std::find_if(aloft_.rbegin(), aloft_.rend(), stands);
    const auto behind = next != aloft_.end() ? next : last.base() - 1;
    const SegmentId behind_id = behind == segment ? 0 : behind->id;
    std::rotate(segment, segment + 1, behind + 1);
    return {{model::SegmentHeldBack{id, behind_id}, Order::Do::Nothing, {}}};
}

Orders Flight::stand(SegmentId id) {
    const auto segment = find(id);
    if (segment == aloft_.end()) return {};
    segment->yields = false;
    return {{model::SegmentHeld{id, 0}, Order::Do::Nothing, {}}};
}

Orders Flight::inject(Aloft reset, Time now) {
    reset.since = now;
    reset.is_copy = true;
    Orders orders{{model::SegmentInjected{reset.packet.segment}, Order::Do::Nothing, {}}};
    aloft_.insert(aloft_.begin(), std::move(reset));
    return orders;
}

Orders Flight::set_policy(HoldPolicy policy, Time now) {
    Orders orders;
    policy_ = policy;
    for (std::size_t i = 0; i < aloft_.size();) {
        Aloft& one = aloft_[i];
        const bool stop = stops(one);
        if (one.copy_of != 0 || one.held() == stop) {
            ++i;
        } else if (stop) {
            one.passes_at.reset();
            orders.push_back({model::SegmentHeld{one.id, 0}, Order::Do::Nothing, {}});
            ++i;
        } else if (policy_.transit.count() > 0) {
            one.passes_at = now + policy_.transit;
            orders.push_back(
                {model::SegmentHeld{one.id, policy_.transit.count()}, Order::Do::Nothing, {}});
            ++i;
        } else {
            send_on(aloft_.begin() + static_cast<std::ptrdiff_t>(i), now, orders);
            i = 0;  // copies may have gone with it
        }
    }
    let_copies_stand(now, orders);
    return orders;
}

Orders Flight::pass(Time now) {
    Orders orders;
    const auto is_due = [now](const Aloft& one) { return one.passes_at && *one.passes_at <= now; };
    for (auto next = std::find_if(aloft_.begin(), aloft_.end(), is_due); next != aloft_.end();
         next = std::find_if(aloft_.begin(), aloft_.end(), is_due)) {
        send_on(next, now, orders);
    }
    if (!orders.empty()) let_copies_stand(now, orders);
    return orders;
}

std::optional<Time> Flight::due() const {
    std::optional<Time> first;
    for (const Aloft& one : aloft_) {
        if (one.passes_at && (!first || *one.passes_at < *first)) first = one.passes_at;
    }
    return first;
}

bool Flight::clear() const {
    return std::all_of(aloft_.begin(), aloft_.end(),
                       [](const Aloft& one) { return one.copy_of != 0; });
}

std::vector<Aloft>::iterator Flight::find(SegmentId id) {
    return std::find_if(aloft_.begin(), aloft_.end(),
                        [id](const Aloft& one) { return one.id == id && one.copy_of == 0; });
}

bool Flight::stops(const Aloft& segment) const {
    const model::Flags flags = segment.packet.segment.flags;
    switch (policy_.what) {
        case Hold::Every:
            return true;
        case Hold::Control:
            return flags.syn() || flags.fin() || flags.rst();
        case Hold::FromClient:
            return segment.packet.segment.from == model::Role::Client;
        case Hold::FromServer:
            return segment.packet.segment.from == model::Role::Server;
        case Hold::None:
            return false;
    }
    return true;
}

void Flight::send_on(std::vector<Aloft>::iterator segment, Time now, Orders& orders) {
    Aloft arrived = std::move(*segment);
    aloft_.erase(segment);
    remember(arrived, now);
    orders.push_back({model::SegmentDelivered{arrived.id}, Order::Do::SendOn, arrived});
    drop_copies_healed_by(arrived, orders);
}

void Flight::discard(std::vector<Aloft>::iterator segment, Orders& orders) {
    Aloft lost = std::move(*segment);
    aloft_.erase(segment);
    orders.push_back({model::SegmentDropped{lost.id}, Order::Do::Discard, std::move(lost)});
}

void Flight::drop_copies_healed_by(const Aloft& arrived, Orders& orders) {
    for (std::size_t i = 0; i < aloft_.size();) {
        const Aloft& one = aloft_[i];
        const bool healed = one.copy_of != 0 &&
                            (one.copy_of == arrived.id || acknowledges(arrived.packet, one.packet));
        if (healed) {
            discard(aloft_.begin() + static_cast<std::ptrdiff_t>(i), orders);
        } else {
            ++i;
        }
    }
}

bool Flight::waits_for_something(const Aloft& copy) const {
    return std::any_of(aloft_.begin(), aloft_.end(), [&](const Aloft& one) {
        return one.copy_of == 0 &&
               (one.id == copy.copy_of || acknowledges(one.packet, copy.packet));
    });
}

// A copy that waits for nothing any more stands for itself; one is enough of each.
void Flight::let_copies_stand(Time now, Orders& orders) {
    for (std::size_t i = 0; i < aloft_.size();) {
        Aloft& copy = aloft_[i];
        if (copy.copy_of == 0 || waits_for_something(copy)) {
            ++i;
            continue;
        }
        const SegmentId original = std::exchange(copy.copy_of, 0);
        copy.since = now;
        const SegmentId id = copy.id;
        if (stops(copy) || policy_.transit.count() > 0) {
            model::SegmentHeld held{id, 0};
            if (!stops(copy)) {
                held.pass_ms = policy_.transit.count();
                copy.passes_at = now + policy_.transit;
            }
            orders.push_back({held, Order::Do::Nothing, {}});
        }
        std::vector<SegmentId> others;
        for (const Aloft& other : aloft_) {
            if (other.copy_of == original) others.push_back(other.id);
        }
        for (const SegmentId other : others) {
            discard(std::find_if(aloft_.begin(), aloft_.end(),
                                 [other](const Aloft& one) { return one.id == other; }),
                    orders);
        }
        const auto standing = find(id);
        if (!stops(*standing) && policy_.transit.count() == 0) send_on(standing, now, orders);
        i = 0;
    }
}

// What `sent` repeats, if it arrived after `sent` was on its way: it had not been needed any more.
const Flight::Delivered* Flight::delivered_after(const Packet& sent, Time at) const {
    const auto found =
        std::find_if(delivered_.begin(), delivered_.end(), [&](const Delivered& earlier) {
            return at < earlier.at && sends_again(sent, earlier.packet);
        });
    return found != delivered_.end() ? &*found : nullptr;
}

// Until an ACK of it has arrived its sender may send it again; what it has sent before may come
// late.
void Flight::remember(const Aloft& arrived, Time now) {
    for (Delivered& earlier : delivered_) {
        if (acknowledges(arrived.packet, earlier.packet)) earlier.acknowledged = true;
    }
    std::erase_if(delivered_, [now](const Delivered& earlier) {
        return earlier.acknowledged && earlier.at + kLatest < now;
    });
    if (arrived.packet.segment.sequence_length() > 0 && !arrived.is_copy) {
        delivered_.push_back({arrived.id, arrived.packet, now});
    }
}

}  // namespace tcpstep::lab
