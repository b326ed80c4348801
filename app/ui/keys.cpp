#include "app/ui/keys.hpp"

namespace tcpstep::ui {

using namespace session;
using strings::Text;

Command command_for(Key key) {
    switch (key) {
        case Key::Right:
        case Key::PageDown:
            return StepForward{};
        case Key::Left:
        case Key::PageUp:
            return StepBack{};
        case Key::Home:
            return GoHome{};
        case Key::End:
            return GoEnd{};
        case Key::Up:
            return MoveInList{-1};
        case Key::Down:
            return MoveInList{1};
        case Key::Enter:
            return ChooseInList{};
        case Key::F11:
            return ToggleFullScreen{};
        case Key::Escape:
            return Dismiss{};
    }
    return Dismiss{};
}

std::optional<Command> command_for_character(char32_t character) {
    if (character >= U'0' && character <= U'9') {
        return SeekTenth{static_cast<unsigned>(character - U'0')};
    }
    switch (character) {
        case U' ':
            return TogglePlay{};
        case U'.':
            return StepForward{};
        case U',':
            return StepBack{};
        case U'<':
            return SpeedDown{};
        case U'>':
            return SpeedUp{};
        case U'f':
        case U'F':
            return ToggleFullScreen{};
        case U't':
        case U'T':
            return ToggleTheme{};
        case U'n':
        case U'N':
            return ToggleRawNumbers{};
        case U'o':
        case U'O':
            return ToggleLessons{};
        case U'?':
            return ToggleHelp{};
        default:
            return std::nullopt;
    }
}

std::optional<Command> command_for_ctrl(char32_t character) {
    switch (character) {
        case U'+':
        case U'=':
            return TextLarger{};
        case U'-':
            return TextSmaller{};
        case U'0':
            return TextDefault{};
        case U'q':
        case U'Q':
            return Quit{};
        default:
            return std::nullopt;
    }
}

bool may_repeat(const Command& command) {
    return std::holds_alternative<StepForward>(command) ||
           std::holds_alternative<StepBack>(command) || std::holds_alternative<MoveInList>(command);
}

std::vector<KeyHelp> key_help() {
    return {{Text::KeysForward, Text::DoesForward}, {Text::KeysBack, Text::DoesBack},
            {Text::KeysPlay, Text::DoesPlay},       {Text::KeysHome, Text::DoesHome},
            {Text::KeysEnd, Text::DoesEnd},         {Text::KeysTenths, Text::DoesTenths},
            {Text::KeysSpeed, Text::DoesSpeed},     {Text::KeysNumbers, Text::DoesNumbers},
            {Text::KeysTheme, Text::DoesTheme},     {Text::KeysText, Text::DoesText},
            {Text::KeysLessons, Text::DoesLessons}, {Text::KeysFullScreen, Text::DoesFullScreen},
            {Text::KeysHelp, Text::DoesHelp},       {Text::KeysEscape, Text::DoesEscape},
            {Text::KeysQuit, Text::DoesQuit}};
}

}  // namespace tcpstep::ui
