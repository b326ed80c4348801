#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

std::string_view name(Call call) {
    switch (call) {
        case Call::Socket:
            return "socket";
        case Call::Bind:
            return "bind";
        case Call::Listen:
            return "listen";
        case Call::Accept:
            return "accept";
        case Call::Connect:
            return "connect";
        case Call::Send:
            return "send";
        case Call::Recv:
            return "recv";
        case Call::Shutdown:
            return "shutdown";
        case Call::Close:
            return "close";
        case Call::SetSockOpt:
            return "setsockopt";
    }
    return "";
}

std::string_view name(WireAction action) {
    switch (action) {
        case WireAction::Deliver:
            return "deliver";
        case WireAction::Drop:
            return "drop";
        case WireAction::Duplicate:
            return "duplicate";
        case WireAction::HoldBack:
            return "hold_back";
        case WireAction::Reset:
            return "reset";
        case WireAction::ResetBack:
            return "reset_back";
    }
    return "";
}

}  // namespace tcpstep::lesson
