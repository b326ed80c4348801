#include "app/view/call_list.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>

#include "app/view/call_value.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view {

using namespace model;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kDataShown = 32;  // characters of what send() was given

std::string value_text(const CallArgument& argument) {
    if (const auto* number = std::get_if<std::int64_t>(&argument.value)) {
        return fmt::format("{}", *number);
    }
    const auto& text = std::get<std::string>(argument.value);
    return argument.name == "data" ? quoted(text, kDataShown) : escaped(text);
}

// An address, a text or an option explains itself; a bare number needs its name, except for
// descriptors, which are all alike.
bool explains_itself(const CallArgument& argument) {
    return std::holds_alternative<std::string>(argument.value);
}

// What matters is which of two descriptors of a socket it is.
bool about_descriptors(std::string_view call) {
    return call == "close" || call == "dup";
}

CallLine line_of(const Timeline& timeline, const TimelineIndex::Call& call, std::size_t position,
                 std::optional<std::size_t> step) {
    CallLine line;
    line.event = call.entered;
    const auto& entered = std::get<CallEntered>(timeline.event(call.entered).fact);
    line.call = process_mark(entered.process) + call_text(entered);
    line.id = entered.id;
    line.now = step == call.entered;
    if (!call.returned || *call.returned >= position) {
        line.kind = CallOutcome::Blocked;
        return line;
    }
    const auto& returned = std::get<CallReturned>(timeline.event(*call.returned).fact);
    line.outcome = result_text(returned);
    // There is no room for the rows of a look.
    const std::vector<std::string> values = value_lines(returned, kDataShown);
    if (!values.empty() && !is_look(returned.call)) line.value = values.front();
    line.kind = returned.error.empty() ? CallOutcome::Returned : CallOutcome::Failed;
    line.now = line.now || step == *call.returned;
    return line;
}

// While the call runs on, tenths and seconds; of one that is looked back at, what was measured.
std::string blocked_text(Duration waited, bool runs_on) {
    if (waited < (runs_on ? Duration(100ms) : Duration(1ns))) return say(Text::CallJustEntered);
    return say(Text::CallBlocked, runs_on ? running_text(waited) : span_text(waited));
}

}  // namespace

std::string call_text(const CallEntered& call) {
    if (is_look(call.call)) return call_name(call.call);
    std::string inside;
    for (const CallArgument& argument : call.arguments) {
        if (argument.name == "fd" && !about_descriptors(call.call)) continue;
        if (argument.name == "client") continue;  // whose it is: the kernel is not told that
        if (!inside.empty()) inside += ", ";
        if (argument.name != "fd" && !explains_itself(argument))
            inside += escaped(argument.name) + " ";
        inside += value_text(argument);
    }
    return escaped(call.call) + "(" + inside + ")";
}

CallList call_list(const Timeline& timeline, const TimelineIndex& index, Role role,
                   std::size_t position, std::size_t at_most, std::optional<Time> now) {
    CallList list;
    const auto& calls = index.calls(role);
    const auto past = std::lower_bound(
        calls.begin(), calls.end(), position,
        [](const TimelineIndex::Call& call, std::size_t p) { return call.entered < p; });
    std::vector<TimelineIndex::Call> own;
    const SocketOwners& owners = index.owners();
    std::span<const TimelineIndex::Call> known(calls.begin(), past);
    if (owners.has_others(role)) {
        std::copy_if(known.begin(), known.end(), std::back_inserter(own),
                     [&](const auto& call) { return !owners.is_others(role, call.socket); });
        known = own;
    }
    list.earlier = known.size() > at_most ? known.size() - at_most : 0;
    const std::optional<std::size_t> step = index.last_step_before(position);
    for (const TimelineIndex::Call& call : known.subspan(list.earlier)) {
        CallLine line = line_of(timeline, call, position, step);
        if (line.kind == CallOutcome::Blocked) {
            const Time until = now.value_or(timeline.event(position - 1).time);
            const Duration waited = until - timeline.event(line.event).time;
            line.outcome = blocked_text(waited, now.has_value());
            if (now) list.changes_in = sooner(list.changes_in, until_grown(waited));
        }
        list.lines.push_back(std::move(line));
    }
    return list;
}

}  // namespace tcpstep::view
