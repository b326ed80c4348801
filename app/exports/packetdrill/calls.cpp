#include "app/exports/packetdrill/calls.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <optional>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::exports::packetdrill {

using namespace model;
using view::say;
using view::Text;

namespace {

constexpr std::int64_t kFirst = 3;      // below are standard input, output and error
constexpr std::int64_t kOthers = -2;    // of a socket of another connection
constexpr std::int64_t kUnix = -3;      // of one that is no business of TCP, and left out
constexpr std::size_t kTextShown = 60;  // characters of what was sent or received

std::optional<std::int64_t> number_in(const CallEntered& call, std::string_view argument) {
    for (const CallArgument& one : call.arguments) {
        const auto* number = std::get_if<std::int64_t>(&one.value);
        if (one.name == argument && number != nullptr) return *number;
    }
    return std::nullopt;
}

std::string text_in(const CallEntered& call, std::string_view argument) {
    for (const CallArgument& one : call.arguments) {
        const auto* text = std::get_if<std::string>(&one.value);
        if (one.name == argument && text != nullptr) return *text;
    }
    return {};
}

// The words of strerror(3) for the name of an errno.
std::string meaning_of(std::string_view error) {
    constexpr int kMostErrno = 200;
    for (int number = 1; number < kMostErrno; ++number) {
        const char* name = strerrorname_np(number);
        if (name == nullptr || name != error) continue;
        std::string text = strerrordesc_np(number);
        // Its parser knows letters and digits there.
        std::replace_if(
            text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, ' ');
        return text;
    }
    return "error";
}

std::string result_of(const CallReturned& returned) {
    if (returned.error.empty()) return fmt::format(" = {}", returned.result);
    return fmt::format(" = -1 {} ({})", returned.error, meaning_of(returned.error));
}

std::string_view level_of(std::string_view option) {
    return option.starts_with("TCP_") ? "IPPROTO_TCP" : "SOL_SOCKET";
}

std::string option_words(const CallEntered& call) {
    const std::string option = text_in(call, "option");
    const std::int64_t value = number_in(call, "value").value_or(0);
    if (option == "SO_LINGER")
        return fmt::format("SOL_SOCKET, SO_LINGER, {{onoff=1, linger={}}}, 8", value);
    return fmt::format("{}, {}, [{}], 4", level_of(option), option, value);
}

// How many octets a call offers room for: the whole of what came if the trace does not tell.
std::int64_t room_of(const CallEntered& call, const CallReturned& returned) {
    return number_in(call, "size").value_or(std::max<std::int64_t>(1, returned.result));
}

std::string flags_of(const CallEntered& call) {
    const std::string flags = text_in(call, "flags");
    return flags.empty() ? "0" : flags;
}

/// The arguments behind the descriptor.
std::optional<std::string> arguments_of(const CallEntered& call, const CallReturned& returned) {
    const std::string& name = call.call;
    const std::size_t length = text_in(call, "data").size();
    if (name == "bind" || name == "connect" || name == "accept") return ", ..., ...";
    if (name == "listen") return fmt::format(", {}", number_in(call, "backlog").value_or(0));
    if (name == "send") return fmt::format(", ..., {}, {}", length, flags_of(call));
    if (name == "write") return fmt::format(", ..., {}", length);
    if (name == "sendto") return fmt::format(", ..., {}, {}, ..., ...", length, flags_of(call));
    if (name == "recv") return fmt::format(", ..., {}, 0", room_of(call, returned));
    if (name == "read") return fmt::format(", ..., {}", room_of(call, returned));
    if (name == "recvfrom") return fmt::format(", ..., {}, 0, ..., ...", room_of(call, returned));
    if (name == "shutdown") return ", " + text_in(call, "how");
    if (name == "setsockopt") return ", " + option_words(call);
    return std::nullopt;
}

DrillCalls::Waits waits_of(std::string_view call) {
    constexpr std::array kMostly = {"connect", "accept", "recv", "read", "recvfrom"};
    constexpr std::array kSeldom = {"send", "write", "sendto"};
    if (std::find(kMostly.begin(), kMostly.end(), call) != kMostly.end())
        return DrillCalls::Waits::Mostly;
    return std::find(kSeldom.begin(), kSeldom.end(), call) != kSeldom.end()
               ? DrillCalls::Waits::Seldom
               : DrillCalls::Waits::Never;
}

// What its words leave out: an address, a text.
std::string comment_of(const CallEntered& call, const CallReturned& returned) {
    if (const std::string data = text_in(call, "data"); !data.empty())
        return view::quoted(data, kTextShown);
    if (const auto values = view::value_lines(returned, kTextShown); !values.empty())
        return values.front();
    return view::escaped(text_in(call, "address"));
}

DrillCalls::Words only_comment(std::string text) {
    DrillCalls::Words words;
    words.comment = std::move(text);
    return words;
}

std::string as_shown(const CallEntered& call, const CallReturned& returned) {
    return view::process_mark(call.process) + view::call_text(call) + " " +
           view::result_text(returned);
}

}  // namespace

DrillCalls::Words DrillCalls::words(const CallEntered& call, const CallReturned& returned) {
    const std::string& name = call.call;
    const bool done = returned.error.empty();
    const std::string result = result_of(returned);
    const Descriptor on{number_in(call, "fd").value_or(-1), call.process};
    if (name == "exit") return exit(call);
    if (name == "close") return close(call, returned, on);
    if (name == "fork") {
        if (done) fork(call.process, static_cast<Process>(returned.result));
        return only_comment(say(Text::DrillOneSocket, as_shown(call, returned)));
    }
    if (name == "dup") {
        if (done) also({returned.result, call.process}, script_of(on));
        return only_comment(say(Text::DrillOneSocket, as_shown(call, returned)));
    }
    Words words;
    if (name == "socket") {
        if (text_in(call, "domain") == "AF_UNIX") {
            if (done) names_.push_back({{returned.result, call.process}, kUnix});
            return {};
        }
        const bool datagram = text_in(call, "type") == "SOCK_DGRAM";
        const std::string kind = datagram ? "SOCK_DGRAM, IPPROTO_UDP" : "SOCK_STREAM, IPPROTO_TCP";
        const std::string given =
            done ? fmt::format(" = {}", open({returned.result, call.process})) : result;
        words.calls = {"socket(..., " + kind + ")" + given};
        return words;
    }
    const auto arguments = arguments_of(call, returned);
    const std::int64_t script = script_of(on);
    if (!arguments || script < 0) {
        if (name == "accept" && done) names_.push_back({{returned.result, call.process}, script});
        return without_socket(call, returned, script);
    }
    std::string given = result;
    if (name == "accept" && done)
        given = fmt::format(" = {}", open({returned.result, call.process}));
    words.calls = {fmt::format("{}({}{}){}", name, script, *arguments, given)};
    words.comment = comment_of(call, returned);
    words.waits = waits_of(name);
    return words;
}

DrillCalls::Words DrillCalls::of_others(const CallEntered& call, const CallReturned& returned) {
    const Descriptor given{returned.result, call.process};
    std::erase_if(names_, [given](const Name& name) { return name.of == given; });
    names_.push_back({given, kOthers});
    return without_socket(call, returned, kOthers);
}

DrillCalls::Words DrillCalls::without_socket(const CallEntered& call, const CallReturned& returned,
                                             std::int64_t script) {
    if (script == kUnix) return {};
    const Text why = script == kOthers ? Text::DrillOthers : Text::DrillNoWords;
    return only_comment(say(why, as_shown(call, returned)));
}

// Of one that was opened before the trace began nothing is known.
std::int64_t DrillCalls::script_of(Descriptor of) const {
    const auto found = std::find_if(names_.begin(), names_.end(),
                                    [of](const Name& name) { return name.of == of; });
    return found == names_.end() ? of.fd : found->script;
}

// The script's number is the kernel's, unless a socket has it that the trace knows by another one.
std::int64_t DrillCalls::open(Descriptor of) {
    std::erase_if(names_, [of](const Name& name) { return name.of == of; });
    std::int64_t script = std::max(of.fd, kFirst);
    while (!is_free(script)) ++script;
    names_.push_back({of, script});
    return script;
}

// No descriptor is known of that socket.
bool DrillCalls::is_free(std::int64_t script) const {
    return std::none_of(names_.begin(), names_.end(),
                        [script](const Name& name) { return name.script == script; });
}

DrillCalls::Words DrillCalls::close(const CallEntered& call, const CallReturned& returned,
                                    Descriptor of) {
    const std::int64_t script = script_of(of);
    if (returned.error.empty())
        std::erase_if(names_, [of](const Name& name) { return name.of == of; });
    if (script < 0) return without_socket(call, returned, script);
    if (returned.error.empty()) {
        if (!is_free(script))
            return only_comment(say(Text::DrillStillOpen, as_shown(call, returned)));
    }
    Words words;
    words.calls = {fmt::format("close({}){}", script, result_of(returned))};
    words.waits = Waits::Seldom;
    return words;
}

DrillCalls::Words DrillCalls::exit(const CallEntered& call) {
    std::vector<std::int64_t> closed;
    for (const Name& name : names_) {
        if (name.of.process == call.process) closed.push_back(name.script);
    }
    std::erase_if(names_, [&call](const Name& name) { return name.of.process == call.process; });
    Words words;
    words.comment = say(Text::DrillByExit);
    for (const std::int64_t script : closed) {
        if (script >= 0 && is_free(script))
            words.calls.push_back(fmt::format("close({}) = 0", script));
    }
    if (words.calls.empty()) return only_comment(view::call_text(call));
    return words;
}

void DrillCalls::also(Descriptor copy, std::int64_t script) {
    names_.push_back({copy, script});
}

void DrillCalls::fork(Process parent, Process child) {
    const std::vector<Name> before = names_;
    for (const Name& name : before) {
        if (name.of.process == parent) names_.push_back({{name.of.fd, child}, name.script});
    }
}

}  // namespace tcpstep::exports::packetdrill
