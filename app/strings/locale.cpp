#include "app/strings/locale.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

namespace tcpstep::strings {

namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

// Small letters and digits only: "UTF-8" and "utf8" are one, as are "zh-Hans" and "zh_Hans".
std::string plain(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return letters;
}

// LANGUAGE[_TERRITORY][.ENCODING][@MODIFIER]
bool is_simplified_chinese(std::string_view locale) {
    locale = locale.substr(0, locale.find('@'));
    const std::size_t dot = locale.find('.');
    if (dot != std::string_view::npos && plain(locale.substr(dot)) != "utf8") return false;
    const std::string where = plain(locale.substr(0, dot));
    constexpr std::string_view kWhere[] = {"zh",     "zhcn",     "zhsg",    "zhmy",
                                           "zhhans", "zhhanscn", "zhhanssg"};
    return std::find(std::begin(kWhere), std::end(kWhere), where) != std::end(kWhere);
}

}  // namespace

Language language_of(const LocaleVariables& variables) {
    for (const std::string_view locale :
         {variables.lc_all, variables.lc_messages, variables.lang}) {
        if (!locale.empty())
            return is_simplified_chinese(locale) ? Language::Chinese : Language::English;
    }
    return Language::English;
}

Language language_of_environment() {
    return language_of({variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG")});
}

std::optional<Language> language_called(std::string_view word) {
    for (const Language language : {Language::English, Language::Chinese}) {
        if (word == code(language)) return language;
    }
    return std::nullopt;
}

std::string_view code(Language language) {
    switch (language) {
        case Language::English:
            return "en";
        case Language::Chinese:
            return "zh";
    }
    return "";
}

}  // namespace tcpstep::strings
