#include "app/watch/loop.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace tcpstep::watch {

namespace {

// Between two questions to libpcap what it has lost.
constexpr std::chrono::milliseconds kLossAgain{100};

model::Time now() {
    return std::chrono::system_clock::now();
}

// Rounded up: what is due is due then. -1: for ever.
int milliseconds_until(std::optional<model::Time> when) {
    if (!when) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*when - now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

std::optional<model::Time> earlier(std::optional<model::Time> one,
                                   std::optional<model::Time> other) {
    if (!one || !other) return one ? one : other;
    return std::min(*one, *other);
}

}  // namespace

Watcher::Ask asking(Opened& opened) {
    return [&opened](const Flow& flow, model::Role role) {
        const bool client = role == model::Role::Client;
        const model::ConnectionId& id = flow.id;
        return opened.kernel.ask(client ? id.client : id.server, client ? id.server : id.client,
                                 flow.interface != 0 ? flow.interface : opened.interface, role,
                                 flow.states.state(role));
    };
}

Result<void> watch_live(capture::LiveCapture& capture, Watcher& watcher, pollfd bell,
                        std::optional<model::Time> until, const std::function<bool()>& go_on) {
    const capture::LiveCapture::SegmentSink take = [&watcher](const capture::WireSegment& segment) {
        watcher.take(segment);
    };
    Result<void> failed;
    const auto drain = [&] {
        const auto drained = capture.drain_segments(take);
        if (!drained) failed = tl::make_unexpected(drained.error());
    };
    model::Time loss_asked = now();
    while (go_on()) {
        std::array<pollfd, 2> ready{pollfd{capture.descriptor(), POLLIN, 0}, bell};
        ::poll(ready.data(), ready.size(), milliseconds_until(earlier(watcher.due(), until)));
        drain();
        if (const auto due = watcher.due(); failed && due && *due <= now()) {
            if (auto ticked = watcher.tick(now(), drain); !ticked) return ticked;
        }
        if (!failed) return failed;
        if (now() - loss_asked >= kLossAgain || now() < loss_asked) {
            loss_asked = now();
            watcher.lost(capture.lost(), loss_asked);
        }
    }
    watcher.lost(capture.lost(), now());
    return {};
}

}  // namespace tcpstep::watch
