#include "app/view/timer_name.hpp"

#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view {

std::string timer_name(std::string_view timer) {
    if (timer == "retransmit") return say(Text::ProcTimerRetransmit);
    if (timer == "zero window probe") return say(Text::ProcTimerProbe);
    if (timer == "keepalive") return say(Text::TimerKeepalive);
    if (timer == "timewait") return say(Text::ProcTimerTimeWait);
    return escaped(timer);
}

}  // namespace tcpstep::view
