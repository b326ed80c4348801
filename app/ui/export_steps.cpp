#include "app/ui/export_steps.hpp"

#include <algorithm>
#include <charconv>

namespace tcpstep::ui {

namespace {

constexpr std::size_t kMostDigits = 9;

std::optional<std::size_t> number_in(const std::string& text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

ExportSteps::Range ExportSteps::range(std::size_t shown) const {
    switch (which) {
        case Which::All:
            return {};
        case Which::ToHere:
            // Before the first step there is nothing to draw.
            return {std::nullopt, std::max<std::size_t>(shown, 1)};
        case Which::Between:
            break;
    }
    return {number_in(from), number_in(to)};
}

std::string ExportSteps::digits_of(const std::string& typed) {
    std::string digits;
    for (const char c : typed)
        if (c >= '0' && c <= '9' && digits.size() < kMostDigits) digits += c;
    return digits;
}

}  // namespace tcpstep::ui
