#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "app/session/hand_command.hpp"
#include "app/session/held_command.hpp"
#include "model/event.hpp"
#include "model/segment.hpp"

namespace tcpstep::session {

// What a user can wish for. Keys, buttons and clicks all end in one of these; nothing else changes
// a Session.

/// One event on; at now in a live held run: delivers the next held segment.
struct StepForward {
    bool repeated = false;  ///< its key is held down: walks on, but never drives the lab
    bool operator==(const StepForward&) const = default;
};
struct StepBack {
    bool operator==(const StepBack&) const = default;
};
/// Plays what was recorded, or stops; at now in a live held run: lets the lesson's script step.
struct TogglePlay {
    bool operator==(const TogglePlay&) const = default;
};
struct GoHome {
    bool operator==(const GoHome&) const = default;
};
struct GoEnd {
    bool operator==(const GoEnd&) const = default;
};
/// To n tenths of all events, 0 to 9.
struct SeekTenth {
    unsigned n = 0;
    bool operator==(const SeekTenth&) const = default;
};
/// To a position of the timeline: 0 to its size.
struct Seek {
    std::size_t position = 0;
    bool operator==(const Seek&) const = default;
};
struct SpeedUp {
    bool operator==(const SpeedUp&) const = default;
};
struct SpeedDown {
    bool operator==(const SpeedDown&) const = default;
};
struct ToggleFullScreen {
    bool operator==(const ToggleFullScreen&) const = default;
};
struct ToggleHelp {
    bool operator==(const ToggleHelp&) const = default;
};
struct ToggleGlossary {
    bool operator==(const ToggleGlossary&) const = default;
};
/// The rule, the cause and the numbers behind what just happened, or no longer.
struct ToggleMore {
    bool operator==(const ToggleMore&) const = default;
};
/// The whole headers of the segment, as rows of 32 bits and in hex, or only one row of bytes.
struct ToggleInspector {
    bool operator==(const ToggleInspector&) const = default;
};
struct ToggleTheme {
    bool operator==(const ToggleTheme&) const = default;
};
/// English or Chinese.
struct ToggleLanguage {
    bool operator==(const ToggleLanguage&) const = default;
};
struct TextLarger {
    bool operator==(const TextLarger&) const = default;
};
struct TextSmaller {
    bool operator==(const TextSmaller&) const = default;
};
struct TextDefault {
    bool operator==(const TextDefault&) const = default;
};
/// Relative sequence numbers or those of the header.
struct ToggleRawNumbers {
    bool operator==(const ToggleRawNumbers&) const = default;
};
/// Shows that segment's bytes until the position changes; 0: the latest one again.
struct SelectSegment {
    model::SegmentId id = 0;
    bool operator==(const SelectSegment&) const = default;
};
/// Shows that connection of the trace.
struct SelectConnection {
    model::ConnectionIndex index = 0;
    bool operator==(const SelectConnection&) const = default;
};
// Which list is open is the window's affair: a Session ignores these three. In an open list Enter,
// which is DeliverHeld, takes the row that one is at.

/// Opens the list of lessons, or closes it.
struct ToggleLessons {
    bool operator==(const ToggleLessons&) const = default;
};
/// The same for what can be held.
struct ToggleHoldList {
    bool operator==(const ToggleHoldList&) const = default;
};
/// Goes down that many rows of the open list, or up.
struct MoveInList {
    int rows = 1;
    bool operator==(const MoveInList&) const = default;
};
/// Before each delivery one is asked what it brings about, or no longer.
struct TogglePredict {
    bool operator==(const TogglePredict&) const = default;
};
/// Answers the open question with that one of its choices, and delivers the segment.
struct AnswerQuestion {
    std::size_t choice = 0;
    bool operator==(const AnswerQuestion&) const = default;
};
/// Shows what the lesson claims, or the bytes again.
struct ToggleClaims {
    bool operator==(const ToggleClaims&) const = default;
};
/// Goes to where the claim of that id was decided, and selects the segment that shows it.
struct ShowClaim {
    std::string id;
    bool operator==(const ShowClaim&) const = default;
};
/// Runs that lesson, from its beginning; with freelab::kFreeLabId a free lab.
struct PickLesson {
    std::string id;
    bool operator==(const PickLesson&) const = default;
};
/// Closes what lies on top (help, the glossary), else clears the selection.
struct Dismiss {
    bool operator==(const Dismiss&) const = default;
};
struct Quit {
    bool operator==(const Quit&) const = default;
};

using Command =
    std::variant<StepForward, StepBack, TogglePlay, GoHome, GoEnd, SeekTenth, Seek, SpeedUp,
                 SpeedDown, ToggleFullScreen, ToggleHelp, ToggleTheme, ToggleLanguage, TextLarger,
                 TextSmaller, TextDefault, ToggleRawNumbers, SelectSegment, DeliverHeld, DropHeld,
                 DuplicateHeld, HoldBackHeld, ResetHeld, ChooseHold, ToggleSlowMotion,
                 SelectConnection, ToggleLessons, ToggleHoldList, MoveInList, PickLesson,
                 CallByHand, ChooseForHand, SaveLab, Dismiss, Quit, ToggleGlossary, TogglePredict,
                 AnswerQuestion, ToggleClaims, ShowClaim, ToggleMore, ToggleInspector>;

/// At the present moment of a held run the lab would be told something.
bool drives_lab(const Command& command);

}  // namespace tcpstep::session
