#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcpstep::cli {

/// `text`, in UTF-8, in lines of at most `columns` columns, broken at spaces and between Chinese
/// characters, each of which takes two. A word longer than a line is cut.
std::vector<std::string> wrapped_to_columns(std::string_view text, std::size_t columns);

}  // namespace tcpstep::cli
