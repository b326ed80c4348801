#include "app/lesson/local_text.hpp"

#include "app/strings/strings.hpp"

namespace tcpstep::lesson {

const std::string& LocalText::shown() const {
    const bool chinese = strings::language() == strings::Language::Chinese;
    return chinese && !zh.empty() ? zh : en;
}

}  // namespace tcpstep::lesson
