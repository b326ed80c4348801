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
            return DeliverHeld{};
        case Key::F11:
            return ToggleFullScreen{};
        case Key::Escape:
            return Dismiss{};
    }
    return Dismiss{};
}

std::optional<Command> command_for_character(char32_t character, bool shift) {
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
        case U'z':
        case U'Z':
            return ToggleLanguage{};
        case U'n':
        case U'N':
            return ToggleRawNumbers{};
        case U'o':
        case U'O':
            return ToggleLessons{};
        case U'd':
        case U'D':
            return DropHeld{};
        case U'u':
        case U'U':
            return DuplicateHeld{};
        case U'l':
        case U'L':
            return HoldBackHeld{};
        case U'r':
        case U'R':
            return ResetHeld{shift ? ResetHeld::Toward::Sender : ResetHeld::Toward::Receiver};
        case U'h':
        case U'H':
            return ToggleHoldList{};
        case U's':
        case U'S':
            return ToggleSlowMotion{};
        case U'g':
        case U'G':
            return ToggleGlossary{};
        case U'c':
        case U'C':
            return ToggleClaims{};
        case U'm':
        case U'M':
            return ToggleMore{};
        case U'i':
        case U'I':
            return ToggleInspector{};
        case U'p':
        case U'P':
            return TogglePredict{};
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
        case U's':
        case U'S':
            return SaveLab{};
        case U'q':
        case U'Q':
            return Quit{};
        default:
            return std::nullopt;
    }
}

std::optional<Command> repeated(const Command& command) {
    if (std::holds_alternative<StepForward>(command)) return StepForward{true};
    const bool moves =
        std::holds_alternative<StepBack>(command) || std::holds_alternative<MoveInList>(command);
    return moves ? std::optional(command) : std::nullopt;
}

std::vector<KeyHelp> key_help() {
    return {{Text::KeysForward, Text::DoesForward},   {Text::KeysBack, Text::DoesBack},
            {Text::KeysPlay, Text::DoesPlay},         {Text::KeysHome, Text::DoesHome},
            {Text::KeysEnd, Text::DoesEnd},           {Text::KeysTenths, Text::DoesTenths},
            {Text::KeysSpeed, Text::DoesSpeed},       {Text::KeysDeliver, Text::DoesDeliver},
            {Text::KeysDrop, Text::DoesDrop},         {Text::KeysDuplicate, Text::DoesDuplicate},
            {Text::KeysHoldBack, Text::DoesHoldBack}, {Text::KeysReset, Text::DoesReset},
            {Text::KeysHoldList, Text::DoesHoldList}, {Text::KeysSlowMotion, Text::DoesSlowMotion},
            {Text::KeysNumbers, Text::DoesNumbers},   {Text::KeysTheme, Text::DoesTheme},
            {Text::KeysLanguage, Text::DoesLanguage}, {Text::KeysText, Text::DoesText},
            {Text::KeysLessons, Text::DoesLessons},   {Text::KeysFullScreen, Text::DoesFullScreen},
            {Text::KeysMore, Text::DoesMore},         {Text::KeysInspector, Text::DoesInspector},
            {Text::KeysClaims, Text::DoesClaims},     {Text::KeysSave, Text::DoesSave},
            {Text::KeysPredict, Text::DoesPredict},   {Text::KeysGlossary, Text::DoesGlossary},
            {Text::KeysHelp, Text::DoesHelp},         {Text::KeysEscape, Text::DoesEscape},
            {Text::KeysQuit, Text::DoesQuit}};
}

}  // namespace tcpstep::ui
