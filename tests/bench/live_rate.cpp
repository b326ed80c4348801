// live_rate [SEGMENTS_A_MILLISECOND] [SECONDS]: captures segments on the loopback of a private
// network, 200 a millisecond for 10 s, while another process sends them; decodes each, and tracks
// both ends of its connection. Once as fast as they come, and once stalling for 100 ms in each
// second, as a window may. Prints what was lost and the CPU time of the reading thread, and what
// the bars for them are. Run by hand; needs no privileges.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <fmt/format.h>
#include <poll.h>
#include <time.h>

#include "capture/capture_memory.hpp"
#include "capture/live_capture.hpp"
#include "capture/private_network.hpp"
#include "model/observation.hpp"
#include "tests/bench/paced_sender.hpp"

namespace {

using namespace std::chrono_literals;
using tcpstep::bench::PacedSender;
using tcpstep::capture::LiveCapture;
using Clock = std::chrono::steady_clock;

constexpr double kBarNs = 400;
// Who is woken by each segment spends its time on waking up.
constexpr auto kBetweenReads = 5ms;

std::int64_t thread_cpu_ns() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

struct Figures {
    std::uint64_t sent = 0;
    std::uint64_t seen = 0;
    std::uint64_t lost = 0;
    std::size_t connections = 0;
    std::int64_t cpu_ns = 0;
};

bool is_over(const PacedSender& sender) {
    pollfd told{sender.descriptor(), POLLIN, 0};
    return ::poll(&told, 1, 0) > 0;
}

// Reads until nobody sends any more, and what is left then.
Figures measure(LiveCapture& capture, std::uint32_t rate, std::chrono::seconds time,
                std::chrono::milliseconds stall) {
    Figures figures;
    tcpstep::model::Observation observation(tcpstep::capture::capture_memory());
    const LiveCapture::SegmentSink take = [&](const tcpstep::capture::WireSegment& segment) {
        observation.take(segment.source, segment.destination, segment.summary, segment.headers);
        ++figures.seen;
    };
    const std::uint64_t lost_before = capture.lost();
    PacedSender sender(rate, time);
    const std::int64_t cpu_before = thread_cpu_ns();
    auto next_stall = Clock::now() + 500ms;
    for (bool over = false; !over;) {
        over = is_over(sender);
        if (stall > 0ms && Clock::now() >= next_stall) {
            next_stall += 1s;
            std::this_thread::sleep_for(stall);
        }
        if (const auto read = capture.drain_segments(take); !read) {
            fmt::print(stderr, "{}\n", read.error().line());
            std::exit(3);
        }
        std::this_thread::sleep_for(kBetweenReads);
    }
    figures.cpu_ns = thread_cpu_ns() - cpu_before;
    figures.sent = sender.sent();
    figures.lost = capture.lost() - lost_before;
    observation.finish();
    figures.connections = observation.connections();
    return figures;
}

// Whether both bars are met.
bool tell(const char* what, const Figures& figures) {
    const double ns = static_cast<double>(figures.cpu_ns) /
                      static_cast<double>(figures.seen > 0 ? figures.seen : 1);
    const bool none_lost = figures.lost == 0 && figures.seen == figures.sent;
    fmt::print(
        "{:<24} sent {}, seen {}, connections {}, lost {} (bar 0: {}), {:.0f} ns a segment "
        "(bar {:.0f}: {})\n",
        what, figures.sent, figures.seen, figures.connections, figures.lost,
        none_lost ? "met" : "NOT MET", ns, kBarNs, ns <= kBarNs ? "met" : "NOT MET");
    return none_lost && ns <= kBarNs;
}

}  // namespace

int main(int argc, char** argv) {
    const auto rate = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 200);
    const std::chrono::seconds time(argc > 2 ? std::atoi(argv[2]) : 10);
    if (const auto entered = tcpstep::capture::enter_private_network(); !entered) {
        fmt::print(stderr, "live_rate: {}\n", entered.error().line());
        return 3;
    }
    auto capture = LiveCapture::open("lo");
    if (!capture) {
        fmt::print(stderr, "live_rate: {}\n", capture.error().line());
        return 3;
    }
    const bool fast = tell("reading all the time", measure(*capture, rate, time, 0ms));
    const bool stalled = tell("stalling 100 ms a second", measure(*capture, rate, time, 100ms));
    return fast && stalled ? 0 : 1;
}
