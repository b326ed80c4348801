#pragma once

#include <string>

namespace tcpstep::lesson {

/// A text of a lesson file in each language.
struct LocalText {
    std::string en;
    std::string zh;  ///< Simplified Chinese; empty: not translated
    bool operator==(const LocalText&) const = default;
};

}  // namespace tcpstep::lesson
