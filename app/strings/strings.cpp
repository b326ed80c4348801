#include "app/strings/strings.hpp"

#include <array>
#include <cstddef>

namespace tcpstep::strings {

namespace {

constexpr std::array kEnglish = {
#define TEXT(id, english) std::string_view(english),
#include "app/strings/table.def"
#undef TEXT
};

}  // namespace

std::string_view text(Text id) { return kEnglish[static_cast<std::size_t>(id)]; }

}  // namespace tcpstep::strings
