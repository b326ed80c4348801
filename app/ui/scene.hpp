#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/session/session.hpp"
#include "app/ui/connection_list_state.hpp"
#include "app/ui/early_letters.hpp"
#include "app/ui/event_list_state.hpp"
#include "app/ui/export_steps.hpp"
#include "app/ui/ladder_view.hpp"
#include "app/ui/painter.hpp"
#include "app/view/diagram/edge_light.hpp"
#include "app/view/octets/segment_bytes.hpp"
#include "model/header_fields.hpp"
#include "model/time.hpp"

namespace tcpstep::ui {

using Commands = std::vector<session::Command>;

/// The lists that a key opens.
enum class List : std::uint8_t { Lessons, Hold, Export, Copy };

/// The state of one end whose story is told on a card.
struct StateCard {
    model::Role role = model::Role::Client;
    model::State state = model::State::Closed;
    view::Rect node;  ///< where it stands in the figure, in pixels
};

/// The end whose figure the user wants to see, where there is room for one only.
struct EndChoice {
    model::Role role = model::Role::Client;
    unsigned timeline = 0;  ///< Session::timeline_number() when it was chosen
    std::size_t moved = 0;  ///< the event by which an end had moved last then
};

/// What the window remembers between frames and no one else needs: where it is scrolled to, which
/// byte is pointed at, and what of the ladder is in sight.
struct UiState {
    LadderView ladder;
    bool ladder_dragged = false;  ///< with the mouse, which is still down
    view::octets::ByteField::Id field =
        view::octets::ByteField::Id::OffsetAndFlags;  ///< explained below the bytes
    bool close_popup = false;                         ///< Escape was pressed while one was open
    bool popup_open = false;
    unsigned least_text = 100;  ///< percent: what is smallest, where the text asked for has no room
    std::optional<List> open_list;  ///< that was asked for by key
    std::size_t list_row = 0;       ///< of the open list: where the arrow keys are
    int list_move = 0;              ///< rows that the arrow keys asked for since the last frame
    bool list_choose = false;       ///< Enter was pressed
    ExportSteps export_steps;       ///< of the export menu
    bool export_focus = false;      ///< the keyboard goes to its numbers
    float glossary_scroll = 0;      ///< in em
    float glossary_page = 0;        ///< what of it is in sight, in em
    float help_scroll = 0;          ///< of the keys, in em
    float help_page = 0;            ///< what of them is in sight, in em
    float help_most = 0;            ///< what of them is not, in em
    float dialog_scroll = 0;        ///< of the rows in the dialog that opens a file, in em
    EarlyLetters dialog_letters;    ///< typed before its field has the keyboard
    std::string dialog_field;       ///< what stood in its field in the frame before
    std::optional<double> reading_since;  ///< s, ImGui's clock: a file is being read
    std::size_t dialog_chosen = 0;        ///< the row that was scrolled to
    float claims_scroll = 0;              ///< in em
    std::size_t claims_decided = 0;       ///< when they were scrolled to what had just been decided
    float more_scroll = 0;                ///< of what happened, in em
    /// How high the panels at the bottom would be to show all they tell, in the last frame; pixels.
    float foot_needed = 0;
    std::size_t more_at = 0;                      ///< the position that was current then
    model::FieldId inspected{model::Field::Syn};  ///< in the inspector: the field that was chosen
    /// That which was chosen for the user, anew with each segment until he chooses himself.
    std::optional<model::FieldId> inspect_proposed = inspected;
    int inspect_move = 0;      ///< fields that the arrow keys asked for since the last frame
    bool inspect_show = true;  ///< the chosen field is to come into sight
    /// The field that the mouse pointed at in the last frame, in rows, bytes or text.
    std::optional<model::FieldId> inspect_pointed;
    float header_scroll = 0;        ///< of its rows of 32 bits, in em
    float hex_scroll = 0;           ///< of its hex dump, in em
    float bytes_scroll = 0;         ///< of the segment's octets at the bottom, in em
    model::SegmentId bytes_of = 0;  ///< the segment that was shown then
    EventListState events;
    ConnectionListState connections;
    bool events_open = false;  ///< of the last frame, and so are the claims
    bool claims_open = false;
    bool keys_to_events = false;  ///< Up and Down go from event to event
    bool focus_filter = false;    ///< the keyboard goes to the filter of the list that is open
    EarlyLetters filter_letters;  ///< typed since, until it has the keyboard
    std::array<float, 2> side_scroll{};  ///< of the client's panel, of the server's, in em
    std::optional<EndChoice> end_chosen;
    std::optional<StateCard> card;                   ///< that is open
    std::array<view::diagram::EdgeLight, 2> lights;  ///< in the figures of both ends
    /// By which what moves is moved; nothing in a picture, where nothing moves.
    std::optional<session::Moment> clock;
    bool mouse_rests = false;  ///< keys are used: what lies under the mouse is not pointed at
    /// The time of day, to which what has no end yet is counted; nothing unless one looks at the
    /// present moment of a run.
    std::optional<model::Time> now;
    /// What was painted changes after so long though nothing happens; nothing if it does not.
    std::optional<model::Duration> changes_in;
};

/// What a panel gets: what to show, what to paint with, and where its wishes go.
struct Scene {
    const session::Session& session;
    const Painter& painter;
    UiState& state;
    Commands& wishes;

    Scene with(const Painter& other) const { return {session, other, state, wishes}; }
    /// "text 200 %", and how large it is where there is no room for that.
    std::string text_size() const;
    /// A panel at the bottom would show all it tells if it were so high.
    void needs_foot(float height) const {
        if (height > state.foot_needed) state.foot_needed = height;
    }
    void wish(session::Command command) const { wishes.push_back(std::move(command)); }
    /// What is painted now is out of date after `span`.
    void changes_in(model::Duration span) const {
        if (!state.changes_in || span < *state.changes_in) state.changes_in = span;
    }
};

}  // namespace tcpstep::ui
