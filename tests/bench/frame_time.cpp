// frame_time [SEGMENTS]: processor time of a frame of the whole window, from ImGui::NewFrame until
// ImGui::Render returns, without rasterization, with a connection of 1,000,000 segments loaded: at
// places all over it, at each time axis and zoom, with nothing, the list of events, the inspector,
// or all of them open. Prints the median and the 99th percentile in milliseconds, and how many
// vertices the last frame had, as a table.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "app/session/session.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/bench/long_connection.hpp"

namespace {

using namespace tcpstep;

constexpr int kPlaces = 300;

double processor_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Costs {
    std::vector<double> ms;
    double part(double of) {
        std::sort(ms.begin(), ms.end());
        return ms[static_cast<std::size_t>(of * static_cast<double>(ms.size() - 1))];
    }
};

/// Frames at places all over the trace: the first where one has just gone, and one that follows.
Costs measure(session::Session& session, testing::Headless& window) {
    const auto now = std::chrono::steady_clock::now();
    const std::size_t size = session.timeline().size();
    Costs costs;
    std::size_t place = 0;
    for (int i = 0; i < kPlaces; ++i) {
        place = (place + size / 7 * 3 + 7919) % size;
        session.apply(session::Seek{place}, now);
        for (int frame = 0; frame < 2; ++frame) {
            const double before = processor_ms();
            window.frame(session);
            costs.ms.push_back(processor_ms() - before);
        }
    }
    return costs;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t segments = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const auto now = std::chrono::steady_clock::now();
    session::Session session;
    session.open_recording(testing::long_connection(segments), "bench.pcap");
    testing::Headless window;
    for (int i = 0; i < 200; ++i) window.frame(session);  // what is gathered once
    std::printf("%-12s %-8s %-22s %9s %9s %9s\n", "time axis", "zoom", "open", "median ms",
                "99 % ms", "vertices");
    for (const view::TimeAxis axis :
         {view::TimeAxis::ByEvent, view::TimeAxis::Linear, view::TimeAxis::Collapsed}) {
        session.apply(session::ChooseTimeAxis{axis}, now);
        const char* axis_name = axis == view::TimeAxis::ByEvent  ? "by event"
                                : axis == view::TimeAxis::Linear ? "linear"
                                                                 : "gaps cut";
        for (const int zoom : {-60, 0, 12}) {
            window.state.ladder.take(session::FollowLadder{});
            window.state.ladder.take(session::FollowLadder{});
            if (zoom != 0) window.state.ladder.take(session::ZoomLadder{zoom});
            for (const int open : {0, 1, 2, 3}) {
                const bool list = (open & 1) != 0;
                const bool inspector = (open & 2) != 0;
                if (session.look().events != list) session.apply(session::ToggleEvents{}, now);
                if (session.look().inspector != inspector)
                    session.apply(session::ToggleInspector{}, now);
                for (int i = 0; i < 5; ++i) window.frame(session);
                Costs costs = measure(session, window);
                const std::string names =
                    std::string(list ? "list " : "") + (inspector ? "inspector" : "");
                std::printf("%-12s %-8d %-22s %9.2f %9.2f %9d\n", axis_name, zoom,
                            names.empty() ? "nothing" : names.c_str(), costs.part(0.5),
                            costs.part(0.99), window.vertices());
                std::fflush(stdout);
            }
        }
    }
    return 0;
}
