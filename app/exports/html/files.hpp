#pragma once

#include <string_view>

namespace tcpstep::exports::html {

// The files of assets/page, which the build puts into the program, so that it finds them wherever
// it is.
extern const std::string_view kPageHtml;
extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace tcpstep::exports::html
