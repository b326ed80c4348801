#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tcpstep::ui {

/// Which steps the export menu takes for pictures and the page.
struct ExportSteps {
    enum class Which : std::uint8_t { All, ToHere, Between };
    Which which = Which::All;
    std::string from, to;  ///< of Between: digits as they were typed; "": the first, the last
    std::size_t last = 0;  ///< the last step as it was offered: `to` goes on with it, if it is it

    /// Nothing: from the first, to the last.
    struct Range {
        std::optional<std::size_t> from, to;
        bool operator==(const Range&) const = default;
    };
    /// `shown`: the number of the step that is shown.
    Range range(std::size_t shown) const;

    /// What of a typed text can be a step's number: its first digits.
    static std::string digits_of(const std::string& typed);
};

}  // namespace tcpstep::ui
