#include "model/reset.hpp"

namespace tcpstep::model {

std::optional<Segment> acceptable_reset(const Connection& connection, Role receiver) {
    const Endpoint& end = connection.end(receiver);
    Segment reset;
    reset.from = peer(receiver);
    switch (end.state()) {
        case State::Unknown:
        case State::Closed:
        case State::Listen:
            return std::nullopt;
        case State::SynSent:
            if (!end.snd_nxt()) return std::nullopt;
            reset.flags = Flags(Flags::kRst | Flags::kAck);
            reset.ack = *end.snd_nxt();
            // Any will do here; the peer would take its own.
            if (const auto own = connection.end(reset.from).snd_nxt()) reset.seq = *own;
            return reset;
        case State::SynRcvd:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            break;
    }
    if (!end.rcv_nxt()) return std::nullopt;
    reset.flags = Flags(Flags::kRst);
    reset.seq = *end.rcv_nxt();
    return reset;
}

}  // namespace tcpstep::model
