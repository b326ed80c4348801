#include "app/lab/laboratory.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <poll.h>

#include "app/lab/channel.hpp"
#include "app/lab/clock.hpp"

namespace tcpstep::lab {

namespace {

using model::Role;
using model::Time;
using std::chrono::milliseconds;

// How long an event waits for earlier ones. On loopback a segment reaches the capture's ring within
// microseconds of its time stamp; this leaves room for a machine that is busy.
constexpr milliseconds kHoldBack{4};
// How long the end of a lesson may take once both actors are done.
constexpr milliseconds kPatience{5000};

}  // namespace

Laboratory::Laboratory(int channel, lesson::Lesson lesson, Network network,
                       capture::LiveCapture capture, capture::SockDiag diag)
    : channel_(channel),
      lesson_(std::move(lesson)),
      capture_(std::move(capture)),
      recorder_(lesson_, now(), progress_),
      sampler_(std::move(diag), lesson_.server),
      stage_{lesson_, inbox_, progress_, network} {}

Result<void> Laboratory::run() {
    // Never joined: a call may block for ever, and the process ends when the lesson does.
    for (Role role : {Role::Client, Role::Server}) {
        std::thread([this, role] { play_role(role, stage_); }).detach();
    }
    while (wait()) {
        // Read before collecting: if this thread is stopped in between, more has happened by then.
        const Time certain = now() - kHoldBack;
        if (auto collected = collect(); !collected) return finish(collected);
        recorder_.release(certain);
        if (auto sampled = sample_kernel(); !sampled) return finish(sampled);
        if (const auto error = progress_.error()) return finish(tl::make_unexpected(*error));
        const Result<bool> complete = is_complete();
        if (!complete) return finish(tl::make_unexpected(complete.error()));
        if (*complete) {
            recorder_.add(now(), std::nullopt,
                          model::Marker{"lesson_finished", "The lesson is over."});
            return finish({});
        }
        if (!send_events()) break;
    }
    return {};  // the program that started us is gone
}

// Until something happens, or there is something to do. False if the channel is closed.
bool Laboratory::wait() {
    Time until = sampler_.due();
    if (const auto waiting = recorder_.oldest_waiting())
        until = std::min(until, *waiting + kHoldBack);
    const auto left = std::chrono::ceil<milliseconds>(until - now()).count();
    std::array<pollfd, 3> descriptors = {pollfd{channel_, POLLIN, 0},
                                         pollfd{inbox_.descriptor(), POLLIN, 0},
                                         pollfd{capture_.descriptor(), POLLIN, 0}};
    poll(descriptors.data(), descriptors.size(),
         static_cast<int>(std::clamp<std::int64_t>(left, 0, 1000)));
    return descriptors[0].revents == 0;  // after its one command the program says nothing more
}

Result<void> Laboratory::collect() {
    Time until;
    bool something = false;
    for (Inbox::Stamped& stamped : inbox_.take(until)) {
        recorder_.add(std::move(stamped));
        something = true;
    }
    const auto drained = capture_.drain([&](Time time, capture::Decoded decoded) {
        recorder_.add_packet(time, std::move(decoded));
        something = true;
    });
    if (!drained) return tl::make_unexpected(drained.error());
    if (const std::uint64_t lost = capture_.lost(); lost != std::exchange(lost_, lost)) {
        recorder_.add(now(), std::nullopt, model::SegmentsLost{lost});
    }
    if (something) sampler_.disturb(now());
    return {};
}

Result<void> Laboratory::sample_kernel() {
    if (recorder_.oldest_waiting() || now() < sampler_.due()) return {};
    if (auto looked = sampler_.look(now(), recorder_.trace()); !looked) return looked;
    if (auto collected = collect(); !collected) return collected;
    if (recorder_.oldest_waiting()) return {};
    for (KernelSampler::Sample& sample : sampler_.confirm()) {
        recorder_.add(sample.time, sample.connection, std::move(sample.fact));
    }
    return {};
}

// Both actors are done, both ends are where the lesson ends, and the kernel was asked about it.
Result<bool> Laboratory::is_complete() {
    if (!progress_.all_finished()) return false;
    if (!actors_done_) actors_done_ = now();
    const bool quiet = sampler_.settled() && !recorder_.oldest_waiting();
    const auto astray = std::find_if(
        lesson_.ends_with.begin(), lesson_.ends_with.end(),
        [this](const auto& end) { return progress_.state(end.endpoint) != end.state; });
    const bool arrived = astray == lesson_.ends_with.end();
    if (arrived && quiet) return true;
    if (now() - *actors_done_ < kPatience) return false;
    if (arrived) return true;  // never quiet, but where it should be
    return fail(ErrorKind::DoesNotHold,
                fmt::format("lesson '{}': the {} ended in {}, not in {}", lesson_.id,
                            name(astray->endpoint), name(progress_.state(astray->endpoint)),
                            name(astray->state)),
                "the trace so far shows what led to it");
}

// Whatever is still waiting belongs to the trace too, and why the run ended.
Result<void> Laboratory::finish(Result<void> result) {
    if (!result) recorder_.add(now(), std::nullopt, model::Marker{"error", result.error().line()});
    recorder_.release(Time::max());
    send_events();
    return result;
}

bool Laboratory::send_events() {
    return send_all(channel_, recorder_.take_wire());
}

}  // namespace tcpstep::lab
