#include "tests/judge/losses.hpp"

namespace tcpstep::judge {

bool Losses::is(Kind kind, const capture::Packet& packet) const {
    const model::Segment& segment = packet.segment;
    const model::Flags flags = segment.flags;
    const bool bare = segment.length == 0 && !flags.syn() && !flags.fin() && !flags.rst();
    switch (kind) {
        case Kind::Syn:
            return flags.syn() && !flags.ack();
        case Kind::SynAck:
            return flags.syn() && flags.ack();
        case Kind::ThirdAck:
            return bare && packet.destination == server_ && acknowledged_.count(packet.source) == 0;
        case Kind::Fin:
            return flags.fin();
        case Kind::AckOfFin:
            return bare && sent_fin_.count(packet.destination) != 0;
        case Kind::Rst:
            return flags.rst();
        case Kind::Data:
            return segment.length > 0;
        case Kind::PureAck:
            return bare;
    }
    return false;
}

bool Losses::take(const capture::Packet& packet) {
    bool lost = false;
    for (Loss& loss : losses_) {
        if (loss.times <= 0 || !is(loss.kind, packet)) continue;
        --loss.times;
        lost = true;
    }
    if (packet.segment.flags.fin()) sent_fin_.insert(packet.source);
    if (!packet.segment.flags.syn() && !lost) acknowledged_.insert(packet.source);
    return lost;
}

}  // namespace tcpstep::judge
