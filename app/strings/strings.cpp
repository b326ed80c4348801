#include "app/strings/strings.hpp"

#include <array>
#include <atomic>

#include "app/strings/in_language.hpp"

namespace tcpstep::strings {

namespace {

using Table = std::array<std::string_view, kTexts>;

constexpr Table kNames = {
#define TEXT(id, english) std::string_view(#id),
#include "app/strings/table.def"
#undef TEXT
};

constexpr Table kEnglish = {
#define TEXT(id, english) std::string_view(english),
#include "app/strings/table.def"
#undef TEXT
};

// In any order, and not all of them need be there.
constexpr Table kChinese = [] {
    Table table;
#define TEXT(id, chinese) table[static_cast<std::size_t>(Text::id)] = chinese;
#include "app/strings/chinese.def"
#undef TEXT
    return table;
}();

constexpr bool no_name_stands_twice() {
    std::array<bool, kTexts> met{};
    for (const Text id : {
#define TEXT(id, chinese) Text::id,
#include "app/strings/chinese.def"
#undef TEXT
         }) {
        bool& here = met[static_cast<std::size_t>(id)];
        if (here) return false;
        here = true;
    }
    return true;
}
static_assert(no_name_stands_twice(), "a name stands twice in chinese.def");

std::atomic<Language> current{Language::English};
thread_local std::optional<Language> in_this_thread;

}  // namespace

Language language() {
    return in_this_thread.value_or(current);
}

void set_language(Language language) {
    current = language;
}

std::string_view text(Text id) {
    const std::string_view here = text_in(language(), id);
    return here.empty() ? kEnglish[static_cast<std::size_t>(id)] : here;
}

std::string_view text_in(Language language, Text id) {
    const auto index = static_cast<std::size_t>(id);
    switch (language) {
        case Language::English:
            return kEnglish[index];
        case Language::Chinese:
            return kChinese[index];
    }
    return {};
}

InLanguage::InLanguage(Language language) : before_(in_this_thread) {
    in_this_thread = language;
}

InLanguage::~InLanguage() {
    in_this_thread = before_;
}

std::string_view name(Text id) {
    return kNames[static_cast<std::size_t>(id)];
}

}  // namespace tcpstep::strings
