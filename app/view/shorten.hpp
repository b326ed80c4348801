#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/view/text_style.hpp"

namespace tcpstep::view {

/// `text` with its middle replaced by "…" so that it is no wider than `room`; unchanged if it fits.
/// The end of an address, with its port, stays readable. UTF-8 sequences are not cut apart.
std::string shorten_middle(std::string_view text, TextStyle style, float room,
                           const Measure& measure);

/// `text` with its end replaced by "…" so that it is no wider than `room`; unchanged if it fits.
std::string shorten_end(std::string_view text, TextStyle style, float room, const Measure& measure);

/// `text` in lines no wider than `room`, broken at spaces and, in Chinese, between characters; a
/// word wider than that stands alone.
std::vector<std::string_view> break_lines(std::string_view text, TextStyle style, float room,
                                          const Measure& measure);

}  // namespace tcpstep::view
