#include "app/view/timer_name.hpp"

#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view {

std::string timer_name(const model::SocketSampled& sample) {
    const std::string& timer = sample.timer;
    if (timer == "retransmit") return say(Text::ProcTimerRetransmit);
    if (timer == "zero window probe") return say(Text::ProcTimerProbe);
    // Linux counts an orphan's tcp_fin_timeout with the keepalive timer (tcp_close).
    if (timer == "keepalive" && sample.state == model::State::FinWait2)
        return std::string(model::name(sample.state));
    if (timer == "keepalive") return say(Text::TimerKeepalive);
    if (timer == "timewait") return say(Text::ProcTimerTimeWait);
    return escaped(timer);
}

}  // namespace tcpstep::view
