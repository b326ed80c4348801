#pragma once

#include <string_view>

namespace tcpstep::strings {

/// Every text that the program shows in its window and its reports, by name. The texts themselves
/// stand in one table, table.def; a language is one more column there.
enum class Text {
#define TEXT(id, english) id,
#include "app/strings/table.def"
#undef TEXT
};

/// The text in the program's language. Placeholders are fmt's: "event {} of {}".
std::string_view text(Text id);

}  // namespace tcpstep::strings
