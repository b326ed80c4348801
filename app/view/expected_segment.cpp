#include "app/view/expected_segment.hpp"

#include <algorithm>

namespace tcpstep::view {

using namespace model;

namespace {

// The flags of what a transition makes its endpoint send in answer to a segment.
std::optional<std::uint16_t> flags_of(Sends sends) {
    switch (sends) {
        case Sends::SynAck:
            return Flags::kSyn | Flags::kAck;
        case Sends::Ack:
            return Flags::kAck;
        case Sends::Nothing:
        case Sends::Syn:  // these three follow a call, never a segment
        case Sends::Fin:
        case Sends::Rst:
            return std::nullopt;
    }
    return std::nullopt;
}

// RFC 9293 3.10.7.1: a segment that reaches no socket is answered with a RST, but for a RST.
std::optional<std::uint16_t> answer_of_nobody(const Connection& connection,
                                              const Segment& segment) {
    if (segment.flags.rst()) return std::nullopt;
    // A listener may still be there, and it would answer a SYN.
    if (segment.flags.syn() && connection.listener_fd) return std::nullopt;
    return segment.flags.ack() ? Flags::kRst : Flags::kRst | Flags::kAck;
}

std::optional<std::uint16_t> answer(const Connection& before, const Connection& after,
                                    const Effects& effects, const Segment& segment) {
    const Role receiver = peer(segment.from);
    if (before.end(receiver).state() == State::Closed) return answer_of_nobody(before, segment);
    // A listener without room for requests answers, too, though it stays in LISTEN.
    if (segment.flags.syn() && after.end(receiver).awaits_cookie()) {
        return Flags::kSyn | Flags::kAck;
    }
    for (const Effects::Change& change : effects.changes) {
        if (change.endpoint != receiver || change.change.edge == nullptr) continue;
        if (const auto flags = flags_of(change.change.edge->sends)) return flags;
    }
    // 3.10.7.4, seventh check: data is acknowledged. After a close() Linux would answer with a RST;
    // only in ESTABLISHED is it known that nobody has called that.
    const bool open = after.end(receiver).state() == State::Established;
    const bool data = segment.length > 0 && !segment.flags.syn() && !segment.flags.rst();
    return open && data ? std::optional(Flags::kAck) : std::nullopt;
}

}  // namespace

std::optional<Expected> expected_segment(const Connection& connection) {
    const InFlight* next = next_held(connection);
    if (next == nullptr) return std::nullopt;
    const Segment& segment = next->segment;
    const Role receiver = peer(segment.from);
    // Where the kernel contradicts the model nothing is certain.
    if (connection.end(receiver).agreement() == Agreement::Differs) return std::nullopt;
    Connection after = connection;
    const Effects effects = apply(after, {next->since, std::nullopt, SegmentDelivered{segment.id}});
    const auto flags = answer(connection, after, effects, segment);
    if (!flags) return std::nullopt;
    Segment expected;
    expected.from = receiver;
    expected.flags = Flags(*flags);
    return Expected{receiver, kind_of(expected), to_label(expected.flags)};
}

}  // namespace tcpstep::view
