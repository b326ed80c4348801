#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tcpstep::strings {

/// Every text that the program shows in its window and its reports, by name. The English texts
/// stand in table.def, the Chinese ones, by the same names, in chinese.def.
enum class Text {
#define TEXT(id, english) id,
#include "app/strings/table.def"
#undef TEXT
};

/// How many there are: Text(0) to Text(kTexts - 1).
inline constexpr std::size_t kTexts = 0
#define TEXT(id, english) +1
#include "app/strings/table.def"
#undef TEXT
    ;

enum class Language : std::uint8_t {
    English,
    Chinese
};  ///< Chinese is written in simplified characters

/// The language of the whole program: English until another is set, which holds at once. Any thread
/// may ask.
Language language();
void set_language(Language language);

/// The text in the program's language, in English where it has no Chinese. Placeholders are fmt's:
/// "event {} of {}".
std::string_view text(Text id);

/// The text in that language; "" if it is not translated.
std::string_view text_in(Language language, Text id);

/// Its name: "HelpLang".
std::string_view name(Text id);

}  // namespace tcpstep::strings
