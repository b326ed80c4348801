#include "app/ui/panel/events_panel.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/event_filter_bar.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/shorten.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::lists::EventLine;
using view::lists::EventRow;
using view::lists::EventSource;

namespace {

constexpr model::Duration kFrame = std::chrono::microseconds(16'667);  // 60 a second

// In em.
constexpr float kRow = 1.3F;
constexpr float kGap = 0.7F;   // between columns
constexpr float kTime = 4.3F;  // "+99.9 ms"; wider where a longer one occurs
constexpr float kWho = 3.3F;
constexpr float kWhat = 15;  // the least; columns give way to it
constexpr float kHead = 1.75F;
constexpr float kBelowChips = 0.25F;
constexpr float kHeads = 1.25F;
constexpr float kFewRows = 3;    // where there are fewer the chips move into the head
constexpr float kLeastRows = 2;  // ... or are left out
constexpr float kLeastFilter = 6;
constexpr float kMark = 0.22F;       // beside the rows of the position
constexpr std::size_t kContext = 1;  // rows around them that are in sight, too

EventSource source_of(const Scene& scene) {
    return {scene.session.timeline(), scene.session.index(), scene.session.look().raw_numbers};
}

// What was cached is void once the timeline is another one or told anew, or is put into other
// words.
void refresh(const Scene& scene) {
    EventListState& state = scene.state.events;
    const model::Timeline& timeline = scene.session.timeline();
    const bool same_rows =
        state.of == scene.session.timeline_number() && state.revision == timeline.revisions();
    const bool same_words = state.raw_numbers == scene.session.look().raw_numbers &&
                            state.language == strings::language();
    if (!same_rows) {
        state.rows = view::lists::EventRows();
        state.time_width = state.since_width = 0;
        state.of = scene.session.timeline_number();
        state.revision = timeline.revisions();
    }
    if (!same_rows || !same_words || !(state.matches.filter() == state.filter)) {
        state.matches.restart(state.filter);
        state.raw_numbers = scene.session.look().raw_numbers;
        state.language = strings::language();
        state.by_hand = false;
    }
    state.rows.catch_up(scene.session.index());
}

/// The matches that the position shows last: the step, and what only confirms it.
struct Band {
    std::size_t first = 0;
    std::size_t end = 0;
};

Band band_of(const Scene& scene) {
    const EventListState& state = scene.state.events;
    const std::size_t position = scene.session.position();
    const std::size_t step = scene.session.index().last_step_before(position).value_or(0);
    return {state.matches.before(state.rows.before(step)),
            state.matches.before(state.rows.before(position))};
}

void go_to(const Scene& scene, const EventRow& row) {
    const view::TimelineIndex& index = scene.session.index();
    // As steps go: with what only confirms it.
    scene.wish(session::Seek{index.first_step_after(row.event).value_or(index.size())});
    scene.wish(session::Select{view::lists::selection_of(source_of(scene), row)});
}

void obey_keys(const Scene& scene, const Band& band) {
    EventListState& state = scene.state.events;
    const int steps = std::exchange(state.steps, 0);
    if (steps == 0) return;
    const auto count = static_cast<std::ptrdiff_t>(state.matches.size());
    const auto at = steps < 0 ? static_cast<std::ptrdiff_t>(band.first) + steps
                              : static_cast<std::ptrdiff_t>(band.end) + steps - 1;
    if (at < 0 || at >= count) return;
    go_to(scene, state.rows.at(state.matches.row(static_cast<std::size_t>(at))));
}

/// Where the columns are; one that has no room is not there.
struct Columns {
    Rect number, time, since, who, what;
};

Columns columns_of(const Scene& scene, Rect row) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const std::size_t events = scene.session.timeline().size();
    const float time = std::max(kTime, scene.state.events.time_width);
    const float since = std::max(kTime, scene.state.events.since_width);
    Columns at;
    float x = row.x + (kMark + 0.3F) * em;
    const auto take = [&](float w) {
        const Rect box = {x, row.y, w, row.h};
        x += w + kGap * em;
        return box;
    };
    const float number = p.width(TextStyle::MonoSmall, std::to_string(events)) + 1;
    float room = row.right() - x - (time + kWho + kWhat + 2 * kGap) * em - number - kGap * em;
    if (room >= 0) at.number = take(number);
    if (room < 0) room += number + kGap * em;
    at.time = take(time * em);
    if (room >= (since + kGap) * em) at.since = take(since * em);
    at.who = take(kWho * em);
    at.what = {x, row.y, row.right() - x, row.h};
    return at;
}

// Letters of one size in every row: what does not fit is cut.
void cell(const Painter& p, Rect box, TextStyle style, ColourRole role, std::string_view words,
          Align align = Align::Left) {
    if (box.w <= 0 || words.empty()) return;
    if (p.width(style, words) <= box.w) return p.text(box, style, role, words, align);
    p.text(box, style, role, view::shorten_end(words, style, box.w, p.measure()), align);
}

// Columns grow with the longest times that have been in sight, and do not jump back.
void note_times(const Scene& scene, const VirtualList& list) {
    EventListState& state = scene.state.events;
    const Painter& p = scene.painter;
    for (std::size_t match = list.first(); match < list.end(); ++match) {
        const EventRow row = state.rows.at(state.matches.row(match));
        std::optional<EventRow> above;
        if (match > 0) above = state.rows.at(state.matches.row(match - 1));
        const EventLine line = view::lists::event_line(source_of(scene), row, above);
        const auto wide = [&](const std::string& words) {
            return (p.width(TextStyle::MonoSmall, words) + 1) / p.em();
        };
        state.time_width = std::max(state.time_width, wide(line.time));
        state.since_width = std::max(state.since_width, wide(line.since));
    }
}

void paint_heads(const Scene& scene, Rect line) {
    const Painter& p = scene.painter;
    const Columns at = columns_of(scene, line);
    const auto head = [&](Rect box, Text words, Align align = Align::Left) {
        cell(p, box, TextStyle::Label, ColourRole::TextDim, say(words), align);
    };
    head(at.time, Text::EventsColumnTime, Align::Right);
    const bool long_fits = p.width(TextStyle::Label, say(Text::EventsColumnSince)) <= at.since.w;
    head(at.since, long_fits ? Text::EventsColumnSince : Text::EventsColumnSinceShort,
         Align::Right);
    head(at.who, Text::EventsColumnWho);
    head(at.what, Text::EventsColumnWhat);
    p.line({line.x, line.bottom()}, {line.right(), line.bottom()}, ColourRole::Line, 1);
}

/// Paints the rows in sight.
class RowPainter {
  public:
    RowPainter(const Scene& scene, const VirtualList& list, const Band& band)
        : scene_(scene), list_(list), band_(band), source_(source_of(scene)) {}

    void paint(std::size_t match) const {
        const Painter& p = scene_.painter;
        const EventListState& state = scene_.state.events;
        const EventRow row = state.rows.at(state.matches.row(match));
        std::optional<EventRow> above;
        if (match > 0) above = state.rows.at(state.matches.row(match - 1));
        const EventLine line = view::lists::event_line(source_, row, above);
        const Rect box = list_.box(match);
        ImGui::PushID(static_cast<int>(match - list_.first()));
        const Touch touch = touch_area(p, "event", list_.seen(match));
        ImGui::PopID();
        paint_ground(row, match, box, touch.hovered);
        const bool future = match >= band_.end;
        const Columns at = columns_of(scene_, box);
        const ColourRole numbers = ColourRole::TextDim;
        cell(p, at.number, TextStyle::MonoSmall, numbers, line.number, Align::Right);
        cell(p, at.time, TextStyle::MonoSmall, numbers, line.time, Align::Right);
        cell(p, at.since, TextStyle::MonoSmall, numbers, line.since, Align::Right);
        if (line.who) {
            cell(p, at.who, TextStyle::Small,
                 future ? ColourRole::TextDim : view::role_colour(*line.who),
                 view::role_word(*line.who));
        }
        cell(p, at.what, TextStyle::MonoSmall, future ? ColourRole::TextDim : line.colour,
             line.what);
        const bool pointed = touch.hovered && !scene_.state.mouse_rests;
        if (pointed && p.width(TextStyle::MonoSmall, line.what) > at.what.w)
            paint_tip_of(p, box, line.what);
        if (!touch.clicked) return;
        scene_.state.keys_to_events = true;
        go_to(scene_, row);
    }

  private:
    void paint_ground(const EventRow& row, std::size_t match, Rect box, bool hovered) const {
        const Painter& p = scene_.painter;
        const bool now = match >= band_.first && match < band_.end;
        const bool chosen = view::lists::is_selected(source_, row, scene_.session.selection());
        if (now || hovered) {
            p.fill(box, hovered ? ColourRole::ControlHover : ColourRole::NowBand, 0.2F * p.em());
        }
        if (chosen) paint_selected_row(p, box);
        if (now) p.fill({box.x, box.y, kMark * p.em(), box.h}, ColourRole::Here);
    }

    const Scene& scene_;
    const VirtualList& list_;
    Band band_;
    EventSource source_;
};

void paint_rows(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    EventListState& state = scene.state.events;
    const Band band = band_of(scene);
    obey_keys(scene, band);
    if (state.scrolled_at != scene.session.position()) state.by_hand = false;
    state.scrolled_at = scene.session.position();
    VirtualList list(p, "events", area, kRow * p.em(), state.matches.size(), state.scroll);
    if (list.scrolled()) state.by_hand = true;
    if (!state.by_hand) {
        list.show(band.first - std::min(band.first, kContext),
                  std::max(band.end, std::size_t{1}) - 1 + kContext);
    }
    note_times(scene, list);
    p.clip(area);
    const RowPainter rows(scene, list, band);
    for (std::size_t match = list.first(); match < list.end(); ++match) rows.paint(match);
    p.unclip();
    list.paint_bar();
}

void paint_hint(const Painter& p, Rect area, const std::string& words) {
    p.wrapped({area.x + 0.5F * p.em(), area.y + 0.6F * p.em()}, area.w - p.em(), TextStyle::Body,
              ColourRole::TextDim, words);
}

// The title, how many rows there are, the text that is looked for, and the cross.
// Where there is little room the chips stand in the title's place.
void paint_head(const Scene& scene, Rect line, bool looking, bool chips) {
    const Painter& p = scene.painter;
    const float em = p.em();
    EventListState& state = scene.state.events;
    const Rect close = {line.right() - 1.4F * em, line.y, 1.4F * em, line.h};
    if (icon_button(p, "close events", close, Icon::Cross, say(Text::TipEventsClose)))
        scene.wish(session::ToggleEvents{});
    float right = close.x - 0.6F * em;
    if (!state.filter.empty()) {
        const std::string all = "× ";
        const std::string count = all + say(looking ? Text::EventsLooking : Text::EventsCount,
                                            state.matches.size(), state.rows.size());
        const float w = p.width(TextStyle::Small, count) + em;
        right -= w;
        if (word_button(p, "clear filter", {right, line.y, w, line.h}, count,
                        say(Text::TipEventsClear), ColourRole::Attention))
            state.filter = {};
        right -= 0.4F * em;
    }
    float left = line.x;
    if (chips) {
        left += event_filter_width(scene) + 0.6F * em;
        paint_event_filter(scene, {line.x, line.y + 0.05F * em, left - line.x, line.h}, state);
    } else {
        const std::string title = say(Text::EventsTitle);
        p.text(line, TextStyle::Title, ColourRole::Text, title);
        left += p.width(TextStyle::Title, title) + em;
    }
    const float room = right - left;
    if (room < 3 * em) return;
    const float w = std::min(room, 16 * em);
    filter_field(scene, "event filter", {right - w, line.y, w, line.h}, state.filter.text,
                 say(Text::TipEventsFilter), say(Text::EventsFilter));
}

}  // namespace

void paint_events_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    EventListState& state = scene.state.events;
    paint_panel(p, area);
    const float pad = std::min(em, 0.03F * area.w);
    const Rect inside = {area.x + pad, area.y + 0.6F * em, area.w - 2 * pad, area.h - em};
    refresh(scene);
    const bool looking = state.matches.look_on(state.rows, source_of(scene));
    if (looking) scene.changes_in(kFrame);
    const auto rows_beside = [&](float above) {
        return (inside.h / em - kHead - above - kHeads) / kRow;
    };
    const float chips_high = event_filter_height(scene, inside.w) / em + kBelowChips;
    const float count = state.filter.empty() ? 0 : 9;
    const bool in_head = rows_beside(chips_high) < kFewRows &&
                         event_filter_width(scene) + (kLeastFilter + count + 3) * em <= inside.w;
    const bool chips = !in_head && rows_beside(chips_high) >= kLeastRows;
    paint_head(scene, {inside.x, inside.y, inside.w, 1.4F * em}, looking, in_head);
    float y = inside.y + kHead * em;
    if (chips) {
        paint_event_filter(scene, {inside.x, y, inside.w, inside.bottom() - y}, state);
        y += chips_high * em;
    }
    const Rect heads = {inside.x, y, inside.w, (kHeads - 0.15F) * em};
    const Rect room = {inside.x, y + kHeads * em, inside.w, inside.bottom() - y - kHeads * em};
    if (room.h < kRow * em) return;
    if (state.rows.size() == 0) {
        paint_hint(p, room, say(Text::EventsNoneYet));
    } else if (state.matches.size() == 0 && !looking) {
        paint_hint(p, room, say(Text::EventsNone, state.rows.size()));
    } else {
        paint_rows(scene, room);
    }
    paint_heads(scene, heads);
}

bool move_in_events(const session::Command& command, const session::Session& session,
                    UiState& state) {
    if (std::holds_alternative<session::FilterList>(command)) state.focus_filter = true;
    const auto* move = std::get_if<session::MoveInList>(&command);
    if (move == nullptr || !session.look().events || !state.keys_to_events) return false;
    state.events.steps += move->rows;
    return true;
}

void paint_events_button(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const Touch touch = touch_area(p, "open events", box, say(Text::TipEvents));
    const ColourRole ground = touch.hovered                 ? ColourRole::ControlHover
                              : scene.session.look().events ? ColourRole::NodeVisited
                                                            : ColourRole::Control;
    p.fill(box, ground, 0.33F * p.em());
    draw_icon(p, Icon::List, box.centre(), 0.75F * p.em(), ColourRole::Text, ground);
    if (touch.clicked) scene.wish(session::ToggleEvents{});
}

}  // namespace tcpstep::ui::panel
