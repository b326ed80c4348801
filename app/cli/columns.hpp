#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcpstep::cli {

// Texts in UTF-8, as wide as a terminal shows them.

/// `text` in lines of at most `columns` columns, broken at spaces, and where there is none between
/// ideographs, each of which takes two columns. A word longer than a line is cut.
std::vector<std::string> wrapped_to_columns(std::string_view text, std::size_t columns);

/// The columns that `text` takes in a terminal.
std::size_t columns_of(std::string_view text);

}  // namespace tcpstep::cli
