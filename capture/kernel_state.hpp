#pragma once

#include <cstdint>

#include "model/tcp_state.hpp"

namespace tcpstep::capture {

/// The state behind the kernel's number for it (include/net/tcp_states.h).
constexpr model::State state_of(std::uint8_t kernel) {
    switch (kernel) {
        case 1:
            return model::State::Established;
        case 2:
            return model::State::SynSent;
        case 3:
            return model::State::SynRcvd;
        case 4:
            return model::State::FinWait1;
        case 5:
            return model::State::FinWait2;
        case 6:
            return model::State::TimeWait;
        case 7:
            return model::State::Closed;
        case 8:
            return model::State::CloseWait;
        case 9:
            return model::State::LastAck;
        case 10:
            return model::State::Listen;
        case 11:
            return model::State::Closing;
        case 12:
            return model::State::SynRcvd;  // TCP_NEW_SYN_RECV: a request, no socket yet
    }
    return model::State::Unknown;
}

}  // namespace tcpstep::capture
