#include "app/ui/letters.hpp"

#include <cstddef>

#include "app/strings/strings.hpp"

namespace tcpstep::ui {

namespace {

bool is_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

}  // namespace

std::string letters_for(const session::Session& session) {
    std::string letters;
    const auto add = [&letters](std::string_view text) {
        if (!is_ascii(text)) letters += text;
    };
    for (std::size_t i = 0; i < strings::kTexts; ++i) add(strings::text(strings::Text(i)));
    for (const lesson::Lesson& lesson : session.lessons()) {
        add(lesson.title.shown());
        add(lesson.summary.shown());
    }
    add(session.label());
    add(session.trace().title);
    add(session.trace().description);
    return letters;
}

}  // namespace tcpstep::ui
