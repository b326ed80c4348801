#pragma once

#include <string>

namespace tcpstep::lesson {

/// What a lesson tells the student.
struct LocalText {
    std::string en;
    std::string zh;  ///< "" if it is not translated

    /// In the program's language, in English where there is no Chinese. Ask again rather than keep
    /// it: the language may be changed.
    const std::string& shown() const;
    bool operator==(const LocalText&) const = default;
};

}  // namespace tcpstep::lesson
