#include "app/view/time_text.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace tcpstep::view {

namespace {

// Three significant digits, and no zeros that say nothing: 25, 25.3, 4.12.
std::string three_digits(double value) {
    std::string text = value < 9.995   ? fmt::format("{:.2f}", value)
                       : value < 99.95 ? fmt::format("{:.1f}", value)
                                       : fmt::format("{:.0f}", value);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text;
}

}  // namespace

namespace {

// From 119.5 s on: "2 min 5 s", and from two hours on "23 h 58 min"; no part that is zero.
std::string minutes_text(long seconds) {
    const long minutes = seconds / 60;
    if (minutes >= 120 && minutes % 60 == 0) return fmt::format("{} h", minutes / 60);
    if (minutes >= 120) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
    if (seconds % 60 == 0) return fmt::format("{} min", minutes);
    return fmt::format("{} min {} s", minutes, seconds % 60);
}

}  // namespace

std::string span_text(model::Duration span) {
    const auto ns = static_cast<double>(span.count());
    if (ns < 0) return "-" + span_text(-span);
    if (ns < 1e3) return fmt::format("{:.0f} ns", ns);
    // The bounds are those at which the rounded number would have four digits.
    if (ns < 999.5e3) return three_digits(ns / 1e3) + " µs";
    if (ns < 999.5e6) return three_digits(ns / 1e6) + " ms";
    if (ns < 119.5e9) return three_digits(ns / 1e9) + " s";
    return minutes_text(static_cast<long>(ns / 1e9 + 0.5));
}

std::string clock_text(model::Duration span) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(span).count();
    const auto minutes = seconds / 60;
    if (minutes < 60) return fmt::format("{}:{:02}", minutes, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, seconds % 60);
}

namespace {

using namespace std::chrono_literals;

// From here on seconds are counted, not tenths.
constexpr model::Duration kWholeSeconds = 10s;

}  // namespace

std::string running_text(model::Duration span) {
    const auto tenths = std::max<model::Duration>(span, 0s) / 100ms;
    if (span < kWholeSeconds) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
    const auto seconds = tenths / 10;
    return seconds < 120 ? fmt::format("{} s", seconds) : minutes_text(seconds);
}

model::Duration until_grown(model::Duration span) {
    if (span < 0s) return 100ms - span;
    const model::Duration step = span < kWholeSeconds ? model::Duration(100ms) : 1s;
    return step - span % step;
}

std::optional<model::Duration> until_shrunk(model::Duration span) {
    if (span < 100ms) return std::nullopt;
    const model::Duration step = span < kWholeSeconds ? model::Duration(100ms) : 1s;
    // It reads differently just below the step.
    return span % step + 1ns;
}

std::string offset_text(model::Duration since_first) {
    if (since_first.count() == 0) return "+0 s";
    return (since_first.count() > 0 ? "+" : "") + span_text(since_first);
}

}  // namespace tcpstep::view
