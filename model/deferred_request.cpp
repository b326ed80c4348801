#include "model/deferred_request.hpp"

#include <utility>

namespace tcpstep::model {

namespace {

// A SYN is answered before anything else can happen, and no timeout is shorter than 1 s.
constexpr std::chrono::milliseconds kAtOnce{100};

}  // namespace

void DeferredRequest::answered_again(Time when) {
    const std::optional<Time> syn_at = std::exchange(syn_at_, std::nullopt);
    if (syn_at && when - *syn_at < kAtOnce) return;
    ++timeouts_;
    if (acknowledged_) over_ = true;
}

bool DeferredRequest::drops_ack(unsigned timeouts) {
    if (over_ || timeouts_ >= timeouts) return false;
    acknowledged_ = true;
    return true;
}

}  // namespace tcpstep::model
