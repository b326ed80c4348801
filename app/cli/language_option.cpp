#include "app/cli/language_option.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "app/strings/locale.hpp"

namespace tcpstep::cli {

namespace {

using strings::Language;

constexpr std::string_view kOption = "--lang";

// "--lang zh" or "--lang=zh"; what follows "--" is no option.
std::optional<Language> language_on(int argc, const char* const* argv) {
    std::optional<Language> found;
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
        const std::string_view word = argv[i];
        std::string_view value;
        if (word == kOption && i + 1 < argc) {
            value = argv[i + 1];
        } else if (word.substr(0, kOption.size()) == kOption &&
                   word.substr(kOption.size(), 1) == "=") {
            value = word.substr(kOption.size() + 1);
        }
        if (const auto language = strings::language_called(value)) found = language;
    }
    return found;
}

}  // namespace

void choose_language(int argc, const char* const* argv) {
    strings::set_language(language_on(argc, argv).value_or(strings::language_of_environment()));
}

void add_language_option(CLI::App* to) {
    to->add_option_function<std::string>(
          std::string(kOption),
          [](const std::string& word) {
              strings::set_language(strings::language_called(word).value_or(Language::English));
          },
          std::string(strings::text(strings::Text::HelpLanguage)))
        ->check(CLI::IsMember({"en", "zh"}).description(""))
        ->type_name("en|zh");
}

}  // namespace tcpstep::cli
