#pragma once

#include <optional>
#include <string>

#include "model/time.hpp"

namespace tcpstep::view {

/// A span as a person says it, with three significant digits: "850 ns", "25.3 µs", "4.12 s", "2 min
/// 5 s".
std::string span_text(model::Duration span);

/// A span of a minute or more where there is little room: "33:20", "2:13:05".
std::string clock_text(model::Duration span);

/// A span that is still running, rounded down: "0.8 s", "3.2 s"; from ten seconds on "12 s", "2 min
/// 5 s". Never negative.
std::string running_text(model::Duration span);

/// For how long running_text stays the same of a span that grows; never zero.
model::Duration until_grown(model::Duration span);

/// The same of one that shrinks; nothing once it has come to its end.
std::optional<model::Duration> until_shrunk(model::Duration span);

/// The shorter of both; what is nothing never comes.
constexpr std::optional<model::Duration> sooner(std::optional<model::Duration> a,
                                                std::optional<model::Duration> b) {
    if (!a || !b) return a ? a : b;
    return *a < *b ? a : b;
}

/// How long after the first event: "+4.12 s", "+25.3 µs".
std::string offset_text(model::Duration since_first);

}  // namespace tcpstep::view
