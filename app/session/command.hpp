#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "app/session/file_command.hpp"
#include "app/session/hand_command.hpp"
#include "app/session/held_command.hpp"
#include "app/view/selection.hpp"
#include "app/view/time_axis.hpp"
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
/// Shows so many steps, all of them if there are fewer: as the transport counts, but of a run with
/// several connections the steps of all of them.
struct ShowStep {
    std::size_t number = 0;
    bool operator==(const ShowStep&) const = default;
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
/// The screen is black, so that one is looked at, or shows what it showed.
struct ToggleBlank {
    bool operator==(const ToggleBlank&) const = default;
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
/// All panels mark that until the position changes; what does not exist clears the selection.
struct Select {
    view::Selection what;
    bool operator==(const Select&) const = default;
};
/// Select of a segment, whose bytes are shown; 0: the latest one again.
struct SelectSegment {
    model::SegmentId id = 0;
    bool operator==(const SelectSegment&) const = default;
};
/// What the ladder's height stands for; nothing: the next choice.
struct ChooseTimeAxis {
    std::optional<view::TimeAxis> axis;
    bool operator==(const ChooseTimeAxis&) const = default;
};
/// Shows that connection of the trace.
struct SelectConnection {
    model::ConnectionIndex index = 0;
    bool operator==(const SelectConnection&) const = default;
};
// What the window alone remembers, a Session ignores: these five, and which list is open.

/// The ladder's time is drawn larger by so many steps, or smaller.
struct ZoomLadder {
    int steps = 1;
    bool operator==(const ZoomLadder&) const = default;
};
/// The ladder keeps the current event in sight again; when it does already, at its normal size.
struct FollowLadder {
    bool operator==(const FollowLadder&) const = default;
};
// In an open list Enter,
// which is DeliverHeld, takes the row that one is at.

/// Opens the list of lessons, or closes it.
struct ToggleLessons {
    bool operator==(const ToggleLessons&) const = default;
};
/// The same for what can be held.
struct ToggleHoldList {
    bool operator==(const ToggleHoldList&) const = default;
};
/// The same for the forms in which the trace is saved, and in which a segment is copied.
struct ToggleExportList {
    bool operator==(const ToggleExportList&) const = default;
};
struct ToggleCopyList {
    bool operator==(const ToggleCopyList&) const = default;
};
/// Goes down that many rows of the open list or dialog, or up.
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
/// Shows the list of events below the ladder, or no longer.
struct ToggleEvents {
    bool operator==(const ToggleEvents&) const = default;
};
/// Shows the list of the trace's connections on top of the window, or no longer.
struct ToggleConnections {
    bool operator==(const ToggleConnections&) const = default;
};
/// Shows the connection that is so many further in the trace, if there is one.
struct StepConnection {
    int by = 1;
    bool operator==(const StepConnection&) const = default;
};
/// The keyboard goes to the filter of the list that is open; of the events, which it opens, if none
/// is.
struct FilterList {
    bool operator==(const FilterList&) const = default;
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
/// Closes what lies on top (a black screen, the dialog, help, the glossary, the connections), else
/// stops opening a file, else closes a notice, else clears the selection.
struct Dismiss {
    bool operator==(const Dismiss&) const = default;
};
struct Quit {
    bool operator==(const Quit&) const = default;
};

using Command = std::variant<
    StepForward, StepBack, ShowStep, TogglePlay, GoHome, GoEnd, SeekTenth, Seek, SpeedUp, SpeedDown,
    ToggleFullScreen, ToggleHelp, ToggleTheme, ToggleLanguage, TextLarger, TextSmaller, TextDefault,
    ToggleRawNumbers, SelectSegment, DeliverHeld, DropHeld, DuplicateHeld, HoldBackHeld, ResetHeld,
    ChooseHold, ToggleSlowMotion, SelectConnection, ToggleLessons, ToggleHoldList, MoveInList,
    PickLesson, CallByHand, ChooseForHand, SaveLab, Dismiss, Quit, ToggleGlossary, TogglePredict,
    AnswerQuestion, ToggleClaims, ShowClaim, OpenFile, CancelOpening, ToggleOpenDialog,
    TypeInDialog, PickInDialog, DoInDialog, ExportAs, CopySegment, ToggleExportList, ToggleCopyList,
    ToggleBlank, Select, ChooseTimeAxis, ZoomLadder, FollowLadder, ToggleEvents, ToggleConnections,
    StepConnection, FilterList, ToggleMore, ToggleInspector>;

/// It works whatever lies open: how the window looks, another file, the end.
bool concerns_window(const Command& command);

}  // namespace tcpstep::session
