#pragma once

#include <string>

#include "app/session/session.hpp"

namespace tcpstep::ui::font {

/// All text beside Latin that the window may have to show of `session`, one after the other: the
/// texts and the lessons in the program's language, what the trace is called, and the button that
/// offers the other language.
std::string letters_for(const session::Session& session);

}  // namespace tcpstep::ui::font
