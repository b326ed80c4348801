#pragma once

#include <fmt/format.h>

#include "app/lesson/local_text.hpp"
#include "app/strings/strings.hpp"

namespace tcpstep::freelab {

/// That text in both languages, with its placeholders filled in: it goes into a file.
template <class... Values>
lesson::LocalText in_both(strings::Text id, const Values&... values) {
    const auto in = [&](strings::Language language) {
        return fmt::format(fmt::runtime(strings::text_in(language, id)), values...);
    };
    return {in(strings::Language::English), in(strings::Language::Chinese)};
}

}  // namespace tcpstep::freelab
