#pragma once

#include <span>

#include <nlohmann/json.hpp>

namespace tcpstep::lesson {

/// A lesson that is right and has every kind of step. Free.
nlohmann::json good_lesson();

/// One thing changed in a lesson, and what parse_lesson() then says.
struct Broken {
    const char* pointer;   ///< what is changed
    nlohmann::json value;  ///< null: taken away
    const char* says;      ///< part of the error's line
};

/// Expects that each of these changes to `lesson` alone makes it be refused, in one line that says
/// so.
void expect_refused(const nlohmann::json& lesson, std::span<const Broken> changes);

}  // namespace tcpstep::lesson
