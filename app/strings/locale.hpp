#pragma once

#include <optional>
#include <string_view>

#include "app/strings/strings.hpp"

namespace tcpstep::strings {

/// The variables that name the user's locale; "" if one is not set. POSIX.1-2017, 8.2
struct LocaleVariables {
    std::string_view lc_all, lc_messages, lang;
};

/// The language of the first of these that is set. Chinese for the locales that write it in
/// simplified characters ("zh_CN.UTF-8", "zh_SG", "zh", "zh_Hans") unless they name another
/// encoding than UTF-8, which the program's texts are in; else English.
Language language_of(const LocaleVariables& variables);

/// The language of the environment.
Language language_of_environment();

/// "en" or "zh", as on the command line; nothing for any other word.
std::optional<Language> language_called(std::string_view word);
/// "en" or "zh".
std::string_view code(Language language);

}  // namespace tcpstep::strings
