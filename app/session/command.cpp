#include "app/session/command.hpp"

namespace tcpstep::session {

namespace {

template <class... Kinds>
bool is_any(const Command& command) {
    return (std::holds_alternative<Kinds>(command) || ...);
}

}  // namespace

bool concerns_window(const Command& command) {
    return is_any<ToggleFullScreen, ToggleTheme, ToggleLanguage, TextLarger, TextSmaller,
                  TextDefault, ToggleBlank, OpenFile, Quit>(command);
}

}  // namespace tcpstep::session
