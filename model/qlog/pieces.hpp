#pragma once

#include <functional>
#include <string_view>

namespace tcpstep::model::qlog {

/// A text that comes in pieces, so that it need not be in memory as a whole: gives the next one,
/// which is valid until the next call, and an empty one at the end.
using Pieces = std::function<std::string_view()>;

}  // namespace tcpstep::model::qlog
