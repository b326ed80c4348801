#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/strings/strings.hpp"
#include "app/view/palette.hpp"
#include "model/result.hpp"

namespace tcpstep::settings {

inline constexpr unsigned kLeastText = 75;  ///< percent
inline constexpr unsigned kMostText = 300;
inline constexpr std::size_t kMostRecent = 10;

/// What the window remembers from one start to the next. What is not set was never chosen: the
/// locale or the program decides.
///
/// What is held is not kept: a class that opens a lesson sees it as the lesson means it, whatever
/// was tried the day before.
struct Settings {
    struct Size {
        int width = 0;  ///< pixels, of the window when it does not fill the screen
        int height = 0;
        bool operator==(const Size&) const = default;
    };
    std::optional<view::Theme> theme;
    std::optional<unsigned> text_percent;  ///< kLeastText to kMostText
    std::optional<strings::Language> language;
    std::optional<Size> size;
    std::optional<bool> full_screen;
    std::optional<double> speed;  ///< of playing; 1 is two steps a second
    std::optional<bool> raw_numbers;
    std::vector<std::string> recent;  ///< files that were opened, the last one first

    bool operator==(const Settings&) const = default;
};

/// `kept`, with what became another between `before` and `now`. So what the command line asked for
/// is not kept, and what the user then changed is.
Settings with_changes(Settings kept, const Settings& before, const Settings& now);

/// Reads what to_json() writes. BadInput, in one line, if it is no JSON, or a member that is known
/// is of another type or out of its range; others are ignored, for they may be of a newer version.
Result<Settings> parse(std::string_view json);

/// A JSON object with a member for each thing that is set, one a line.
std::string to_json(const Settings& settings);

}  // namespace tcpstep::settings
