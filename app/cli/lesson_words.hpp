#pragma once

#include "app/exports/format.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Of a lesson's trace, which has its title and description in the language of its run: both
/// languages, as the lesson has them. Empty where the trace says otherwise, or there is no such
/// lesson here.
exports::InLanguages lesson_words(const model::Trace& trace);

}  // namespace tcpstep::cli
