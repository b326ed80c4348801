#pragma once

#include <fmt/format.h>

#include "app/lesson/local_text.hpp"
#include "app/strings/strings.hpp"

namespace tcpstep::lesson {

/// One of the program's texts in both languages, its values filled in: for what outlives the
/// language of the moment, as a lesson's file does.
template <class... Values>
LocalText in_both(strings::Text id, const Values&... values) {
    const auto in = [&](strings::Language language) {
        return fmt::format(fmt::runtime(strings::text_in(language, id)), values...);
    };
    return {in(strings::Language::English), in(strings::Language::Chinese)};
}

}  // namespace tcpstep::lesson
