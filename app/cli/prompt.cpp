#include "app/cli/prompt.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "app/view/columns.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::cli {

namespace {

using namespace model;
using view::say;
using view::Text;

enum class Detail { Full, Short };

// "=": what the signs mean stands in prompt_help().
std::string verdict(const Endpoint& end, Detail detail) {
    const bool full = detail == Detail::Full;
    switch (end.agreement()) {
        case Agreement::NotSampled:
            return "";
        case Agreement::Agrees:
            return full ? " " + say(Text::StepAgrees) : "=";
        case Agreement::Differs:
            return full ? " " + say(Text::StepDiffers, name(end.kernel()->state))
                        : fmt::format("!{}", name(end.kernel()->state));
        case Agreement::Stale:
            return "~";
    }
    return "";
}

// "SYN_SENT= connect 3 s"
std::string end_words(const Connection& connection, Role role, Time now, Detail detail) {
    const Endpoint& end = connection.end(role);
    std::string words = detail == Detail::Full ? view::role_word(role) + " " : "";
    words += fmt::format("{}{}", name(end.state()), verdict(end, detail));
    for (const OpenCall& open : connection.open_calls) {
        if (open.call.endpoint != role) continue;
        words += fmt::format(" {} {}", view::escaped(open.call.call),
                             view::running_text(now - open.since));
    }
    return words;
}

// "--[1 S]-->", "<--[2 S. again 3x]--"
std::string arrow(const Connection& connection, const InFlight& held, const std::string& number,
                  Detail detail) {
    const Segment& segment = held.segment;
    std::string line = to_line(segment, view::base_of(connection, segment.from, false));
    if (detail == Detail::Short) {
        line.erase(std::min(line.find(' '), line.size()));
        if (segment.length > 0) line += fmt::format(" ({})", segment.length);
    }
    line = fmt::format("{} {}", number, line);
    if (const std::size_t again = absorbed_copies(connection, segment.id); again > 0) {
        line += " " + say(Text::StepAgain, again);
    }
    return segment.from == Role::Client ? fmt::format("--[{}]-->", line)
                                        : fmt::format("<--[{}]--", line);
}

// What happens next if the user does nothing, and how long that will take.
struct Awaited {
    Time at;
    std::string what;
};

void sooner(std::optional<Awaited>& first, Awaited other) {
    if (!first || other.at < first->at) first = std::move(other);
}

std::optional<Awaited> awaited(const ConnectionsNow& connections) {
    std::optional<Awaited> first;
    for (const ConnectionsNow::Now& now : connections.all()) {
        for (const InFlight& one : now.connection.in_flight) {
            if (one.passes_at) {
                sooner(first, {*one.passes_at, say(Text::StepAwaitsArrival,
                                                   connections.numbers().name(one.segment.id))});
            }
        }
        for (const Role role : {Role::Client, Role::Server}) {
            const auto& kernel = now.connection.end(role).kernel();
            if (!kernel || kernel->timer.empty()) continue;
            const std::string timer =
                kernel->timer == "retransmit" ? say(Text::StepRetransmission) : kernel->timer;
            const Time sampled = now.sampled[role == Role::Client ? 0 : 1];
            sooner(first,
                   {sampled + std::chrono::milliseconds(kernel->timer_ms),
                    say(Text::StepAwaitsTimer, view::role_word(role), view::escaped(timer))});
        }
    }
    return first;
}

std::string middle(const ConnectionsNow& connections,
                   const std::optional<ConnectionsNow::Stop>& stop, bool automatic, Time now,
                   Detail detail) {
    if (automatic) return say(Text::StepAutomatic);
    if (stop) {
        const InFlight& held = *stop->segment;
        return arrow(connections.all()[stop->connection].connection, held,
                     connections.numbers().name(held.segment.id), detail);
    }
    const auto next = awaited(connections);
    return next ? say(Text::StepAwaits, next->what, view::running_text(next->at - now))
                : say(Text::StepNothingHeld);
}

}  // namespace

std::string prompt_line(const ConnectionsNow& connections, bool automatic, Time now,
                        std::size_t columns, const std::string& hint) {
    const auto stop = connections.next_stop();
    const Connection& shown =
        stop ? connections.all()[stop->connection].connection : connections.all().back().connection;
    const auto ends_and_middle = [&](Detail ends, Detail segment) {
        return fmt::format("{} {} {}", end_words(shown, Role::Client, now, ends),
                           middle(connections, stop, automatic, now, segment),
                           end_words(shown, Role::Server, now, ends));
    };
    const std::string keys = "  " + hint;
    const std::string waiting = middle(connections, stop, automatic, now, Detail::Short);
    const std::array<std::string, 6> forms = {
        ends_and_middle(Detail::Full, Detail::Full) + keys,
        ends_and_middle(Detail::Short, Detail::Full) + keys,
        ends_and_middle(Detail::Short, Detail::Short) + keys,
        ends_and_middle(Detail::Short, Detail::Short),
        waiting + keys,
        waiting,
    };
    const std::size_t room = std::max<std::size_t>(columns, 2) - 1;
    for (const std::string& form : forms) {
        if (view::columns(form) <= room) return form;
    }
    return std::string(view::cut_to_columns(forms.back(), room));
}

std::string prompt_help() {
    return say(Text::StepHelp);
}

}  // namespace tcpstep::cli
