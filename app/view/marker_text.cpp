#include "app/view/marker_text.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

// What stands before `mark`, of which `text` is rid with it; nothing if it is not there.
std::optional<std::string_view> cut(std::string_view& text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view before = text.substr(0, at);
    text.remove_prefix(at + mark.size());
    return before;
}

template <class Number>
std::optional<Number> number(std::string_view digits) {
    Number value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc() || stopped != end) return std::nullopt;
    return value;
}

// "server", or "server's child 4711".
std::optional<std::string> caller(std::string_view who) {
    const std::optional<std::string_view> parent = cut(who, "'s child ");
    const std::optional<Process> process = parent ? number<Process>(who) : Process{0};
    const std::string_view end = parent.value_or(who);
    for (const Role role : {Role::Client, Role::Server}) {
        if (end == name(role) && process) return caller_word(role, *process);
    }
    return std::nullopt;
}

// As app/lab/actor.cpp writes it: "server waits 200 ms before close()".
std::optional<std::string> pause_text(std::string_view message) {
    const auto who = cut(message, " waits ");
    const auto span = who ? cut(message, " ms before ") : std::nullopt;
    const auto call = span ? cut(message, "()") : std::nullopt;
    if (!call || call->empty() || !message.empty()) return std::nullopt;
    const auto words = caller(*who);
    const auto ms = number<unsigned>(*span);
    if (!words || !ms) return std::nullopt;
    // No call, but a look: see assets/lessons/README.md.
    if (*call == "proc_net_tcp") return say(Text::SayPauseBeforeLook, *words, *ms);
    return say(Text::SayPause, *words, *ms, escaped(*call));
}

// As app/lab/gatekeeper.cpp writes them, each with one thing in it that is told.
std::optional<std::string> gate_text(std::string_view message, const SegmentNumbers& numbers) {
    if (message == "a packet stopped that is no TCP segment; it was let go")
        return say(Text::SayGateNoTcp);
    struct Note {
        std::string_view before, after;
        Text words;
    };
    constexpr std::array kNotes = {
        Note{"the gate could not take in ", " segments; they are lost", Text::SayGateOverrun},
        Note{"segment ", " did not stop at the gate", Text::SayGateMissed},
        Note{"a segment from ", " stopped that was not captured; it was let go",
             Text::SayGateUncaptured}};
    for (const Note& note : kNotes) {
        const std::size_t around = note.before.size() + note.after.size();
        if (message.size() <= around || !message.starts_with(note.before) ||
            !message.ends_with(note.after))
            continue;
        const std::string_view told = message.substr(note.before.size(), message.size() - around);
        const auto id = number<SegmentId>(told);
        if (note.words == Text::SayGateMissed && id) return say(note.words, numbers.name(*id));
        return say(note.words, escaped(told));
    }
    return std::nullopt;
}

// "the client is in CLOSED, where no RST is accepted"
std::optional<std::string> reset_text(std::string_view message) {
    const auto nothing = cut(message, "the ");
    const auto who = nothing && nothing->empty() ? cut(message, " is in ") : std::nullopt;
    const auto state = who ? cut(message, ", where no RST is accepted") : std::nullopt;
    if (!state || !message.empty()) return std::nullopt;
    for (const Role role : {Role::Client, Role::Server}) {
        if (*who == name(role)) return say(Text::SayResetRefused, role_word(role), escaped(*state));
    }
    return std::nullopt;
}

}  // namespace

std::string marker_text(const Marker& marker, const SegmentNumbers& numbers) {
    if (marker.type == "lesson_finished") return say(Text::SayLessonFinished);
    if (marker.type == "pause") {
        if (auto words = pause_text(marker.message)) return *words;
    }
    if (marker.type == "gate") {
        if (auto words = gate_text(marker.message, numbers)) return *words;
    }
    if (marker.type == "note") {
        if (auto words = reset_text(marker.message)) return *words;
    }
    if (marker.type == "late") {
        // As app/lab/recorder.cpp writes it.
        std::string_view message = marker.message;
        const auto before = cut(message, "the next event happened ");
        const auto us = before ? cut(message, " us earlier") : std::nullopt;
        if (us && before->empty() && message.empty()) return say(Text::SayLate, escaped(*us));
    }
    return escaped(marker.message);
}

}  // namespace tcpstep::view
