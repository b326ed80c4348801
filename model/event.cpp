#include "model/event.hpp"

namespace tcpstep::model {

std::string_view name(Asked asked) {
    switch (asked) {
        case Asked::NextState:
            return "next_state";
        case Asked::AckNumber:
            return "ack_number";
        case Asked::CallReturns:
            return "call_returns";
    }
    return "";
}

}  // namespace tcpstep::model
