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
        case U'b':
        case U'B':
            return ToggleBlank{};
        case U'c':
        case U'C':
            return ToggleClaims{};
        case U'e':
        case U'E':
            return ToggleEvents{};
        case U'j':
        case U'J':
            return ToggleConnections{};
        case U'[':
            return StepConnection{-1};
        case U']':
            return StepConnection{1};
        case U'/':
            return FilterList{};

        case U'm':
        case U'M':
            return ToggleMore{};
        case U'i':
        case U'I':
            return ToggleInspector{};
        case U'p':
        case U'P':
            return TogglePredict{};
        case U'a':
        case U'A':
            return ChooseTimeAxis{};
        case U'w':
        case U'W':
            return FollowLadder{};
        case U'+':
        case U'=':  // its key, unshifted, on many keyboards
            return ZoomLadder{1};
        case U'-':
            return ZoomLadder{-1};
        case U'?':
            return ToggleHelp{};
        default:
            return std::nullopt;
    }
}

std::optional<Command> command_for_ctrl(char32_t character, bool shift) {
    switch (character) {
        case U'o':
        case U'O':
            return ToggleOpenDialog{};
        case U'e':
        case U'E':
            return ToggleExportList{};
        case U'c':
        case U'C':
            return shift ? Command(ToggleCopyList{}) : Command(CopySegment{});
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

std::optional<Command> command_for_drop(const std::vector<std::string>& files) {
    if (files.empty()) return std::nullopt;
    return OpenFile{files.front()};
}

std::optional<Command> repeated(const Command& command) {
    if (std::holds_alternative<StepForward>(command)) return StepForward{true};
    const bool moves = std::holds_alternative<StepBack>(command) ||
                       std::holds_alternative<MoveInList>(command) ||
                       std::holds_alternative<ZoomLadder>(command) ||
                       std::holds_alternative<StepConnection>(command);
    return moves ? std::optional(command) : std::nullopt;
}

std::vector<KeyHelp> key_help() {
    using Toward = ResetHeld::Toward;
    return {{Text::KeysForward, Text::DoesForward, {StepForward{}}},
            {Text::KeysBack, Text::DoesBack, {StepBack{}}},
            {Text::KeysPlay, Text::DoesPlay, {TogglePlay{}}},
            {Text::KeysHome, Text::DoesHome, {GoHome{}}},
            {Text::KeysEnd, Text::DoesEnd, {GoEnd{}}},
            {Text::KeysTenths, Text::DoesTenths, {SeekTenth{5}}},
            {Text::KeysSpeed, Text::DoesSpeed, {SpeedDown{}, SpeedUp{}}},
            {Text::KeysDeliver, Text::DoesDeliver, {DeliverHeld{}}},
            {Text::KeysDrop, Text::DoesDrop, {DropHeld{}}},
            {Text::KeysDuplicate, Text::DoesDuplicate, {DuplicateHeld{}}},
            {Text::KeysHoldBack, Text::DoesHoldBack, {HoldBackHeld{}}},
            {Text::KeysReset,
             Text::DoesReset,
             {ResetHeld{Toward::Receiver}, ResetHeld{Toward::Sender}}},
            {Text::KeysHoldList, Text::DoesHoldList, {ToggleHoldList{}}},
            {Text::KeysSlowMotion, Text::DoesSlowMotion, {ToggleSlowMotion{}}},
            {Text::KeysNumbers, Text::DoesNumbers, {ToggleRawNumbers{}}},
            {Text::KeysTimeAxis, Text::DoesTimeAxis, {ChooseTimeAxis{}}},
            {Text::KeysZoom,
             Text::DoesZoom,
             {ZoomLadder{1}, ZoomLadder{-1}, MoveInList{-1}, MoveInList{1}}},
            {Text::KeysFollow, Text::DoesFollow, {FollowLadder{}}},
            {Text::KeysTheme, Text::DoesTheme, {ToggleTheme{}}},
            {Text::KeysLanguage, Text::DoesLanguage, {ToggleLanguage{}}},
            {Text::KeysText, Text::DoesText, {TextLarger{}, TextSmaller{}, TextDefault{}}},
            {Text::KeysLessons, Text::DoesLessons, {ToggleLessons{}}},
            {Text::KeysOpen, Text::DoesOpen, {ToggleOpenDialog{}}},
            {Text::KeysExport, Text::DoesExport, {ToggleExportList{}}},
            {Text::KeysCopy, Text::DoesCopy, {CopySegment{}, ToggleCopyList{}}},
            {Text::KeysFullScreen, Text::DoesFullScreen, {ToggleFullScreen{}}},
            {Text::KeysBlank, Text::DoesBlank, {ToggleBlank{}}},
            {Text::KeysMore, Text::DoesMore, {ToggleMore{}}},
            {Text::KeysInspector, Text::DoesInspector, {ToggleInspector{}}},
            {Text::KeysClaims, Text::DoesClaims, {ToggleClaims{}}},
            {Text::KeysEvents,
             Text::DoesEvents,
             {ToggleEvents{}, FilterList{}, MoveInList{-1}, MoveInList{1}}},
            {Text::KeysConnections,
             Text::DoesConnections,
             {ToggleConnections{}, StepConnection{-1}, StepConnection{1}}},
            {Text::KeysSave, Text::DoesSave, {SaveLab{}}},
            {Text::KeysPredict, Text::DoesPredict, {TogglePredict{}}},
            {Text::KeysGlossary, Text::DoesGlossary, {ToggleGlossary{}}},
            {Text::KeysHelp, Text::DoesHelp, {ToggleHelp{}}},
            {Text::KeysEscape, Text::DoesEscape, {Dismiss{}}},
            {Text::KeysQuit, Text::DoesQuit, {Quit{}}}};
}

}  // namespace tcpstep::ui
