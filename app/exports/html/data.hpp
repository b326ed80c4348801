#pragma once

#include <nlohmann/json.hpp>

#include "app/exports/format.hpp"

namespace tcpstep::exports::html {

/// All that a page shows, as its script takes it: "titles", "language", "ui" by language, and
/// "connections", of which that one is played first that the options name. A part of one has no
/// others beside it. BadInput if there is no such connection, no such steps, or too many.
Result<nlohmann::ordered_json> page_data(const Subject& subject);

}  // namespace tcpstep::exports::html
