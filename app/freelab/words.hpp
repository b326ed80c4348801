#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "app/freelab/wish.hpp"
#include "model/event.hpp"
#include "model/result.hpp"

namespace tcpstep::freelab {

/// To a held segment; without a name to the one that is next.
struct GateWord {
    enum class What : std::uint8_t { Deliver, Drop, Duplicate, HoldBack, Reset, ResetBack };
    What what = What::Deliver;
    std::optional<std::string> segment;  ///< "3", "1b": as model::SegmentNumbers names it
    bool operator==(const GateWord&) const = default;
};
/// What is held from now on: "every", "control", "client", "server" or "none".
struct HoldWord {
    std::string what;
    bool operator==(const HoldWord&) const = default;
};
/// Lets that time pass: timers of the kernel run.
struct WaitWord {
    std::chrono::milliseconds time{0};
    bool operator==(const WaitWord&) const = default;
};
/// What each actor can call now, and why not the rest.
struct CallsWord {
    bool operator==(const CallsWord&) const = default;
};
struct SaveWord {
    std::string file;
    bool operator==(const SaveWord&) const = default;
};
struct HelpWord {
    bool operator==(const HelpWord&) const = default;
};
struct QuitWord {
    bool operator==(const QuitWord&) const = default;
};
/// An empty line, or a comment: "# ...".
struct NoWord {
    bool operator==(const NoWord&) const = default;
};

using Words = std::variant<Wish, GateWord, HoldWord, WaitWord, CallsWord, SaveWord, HelpWord,
                           QuitWord, NoWord>;

/// Reads a line that the user typed. BadInput, in one line, if it means nothing.
Result<Words> parse_words(const std::string& line);

}  // namespace tcpstep::freelab
