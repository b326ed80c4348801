#include "app/cli/verify.hpp"

#include <optional>

#include <fmt/format.h>

#include "app/view/time_text.hpp"
#include "model/timeline.hpp"

namespace tcpstep::cli {

namespace {

using namespace model;

struct Tally {
    std::size_t compared = 0;
    std::size_t contradictions = 0;
    std::string first;  // contradiction, in words
};

std::string words(const Trace& trace, const Timeline& timeline, const Event& event,
                  const SocketSampled& sample, const Endpoint& end) {
    std::string where;
    if (timeline.connection()) {
        where =
            fmt::format(" (connection {})", to_string(trace.connections()[*timeline.connection()]));
    }
    return fmt::format("{} the {} was {} to the kernel, {} to the model{}",
                       view::offset_text(event.time - trace.events().front().time),
                       name(sample.endpoint), name(sample.state), name(end.state()), where);
}

// The samples of one connection; in the first one those too that concern all.
void compare(const Trace& trace, const Timeline& timeline, bool first, Tally& tally) {
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const Event& event = timeline.event(i);
        const auto* sample = std::get_if<SocketSampled>(&event.fact);
        if (sample == nullptr) continue;
        const Endpoint& end = timeline.at(i + 1).end(sample->endpoint);
        if (end.state() == State::Unknown) continue;
        if (event.connection || first) ++tally.compared;
        if (!timeline.effects(i).disagreement) continue;
        ++tally.contradictions;
        if (tally.first.empty()) tally.first = words(trace, timeline, event, *sample, end);
    }
}

// Without it there is nothing to compare.
bool speaks_tcp(const Trace& trace) {
    const Timeline timeline(trace);
    return timeline.at(timeline.size()).tcp;
}

}  // namespace

Result<std::size_t> verify(const Trace& trace) {
    Tally tally;
    if (trace.connections().empty()) compare(trace, Timeline(trace), true, tally);
    for (ConnectionIndex i = 0; i < trace.connections().size(); ++i) {
        compare(trace, Timeline(trace, i), i == 0, tally);
    }
    if (tally.contradictions > 0) {
        return fail(
            ErrorKind::DoesNotHold,
            fmt::format("model and kernel contradict each other in {} of {} samples: at {}",
                        tally.contradictions, tally.compared, tally.first),
            "keep the trace with --json FILE and step to that moment with tcpstep play FILE");
    }
    if (tally.compared == 0 && speaks_tcp(trace)) {
        return fail(ErrorKind::DoesNotHold,
                    "nothing is verified: the kernel gave no sample to compare with",
                    "tcpstep doctor tells whether sock_diag can be asked here");
    }
    return tally.compared;
}

}  // namespace tcpstep::cli
