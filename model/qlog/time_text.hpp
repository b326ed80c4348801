#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/time.hpp"

namespace tcpstep::model::qlog {

/// Writes `since` (not negative) as milliseconds with exactly six decimals, that is to the
/// nanosecond: 12.000345.
void append_milliseconds(std::string& out, Duration since);

/// Reads a JSON number of milliseconds, whatever its form ("12", "1.5", "1e-06"), digit by digit:
/// through a double, nanoseconds would be lost after 49 days. What is finer than a nanosecond is
/// rounded. Nothing if it is negative (-0 is not) or beyond 292 years.
std::optional<Duration> parse_milliseconds(std::string_view number);

/// RFC 3339 in UTC with nine decimals: "2025-01-31T09:30:00.000000001Z".
std::string to_rfc3339(Time time);

/// Reads an RFC 3339 date-time, with any offset and number of decimals. Nothing if it is none or
/// does not fit a Time (the years 1678 to 2261 do).
std::optional<Time> parse_rfc3339(std::string_view text);

}  // namespace tcpstep::model::qlog
