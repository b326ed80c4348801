#include "app/exports/html/data.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "app/exports/html/pictures.hpp"
#include "app/exports/html/words.hpp"
#include "app/exports/picture/ladder_page.hpp"
#include "app/exports/writers.hpp"
#include "app/strings/in_language.hpp"
#include "app/strings/locale.hpp"
#include "app/view/say.hpp"

namespace tcpstep::exports::html {

using Json = nlohmann::ordered_json;
using strings::Language;
using view::say;
using view::Text;

namespace {

// Of the ladder: beside both ends on a laptop, and as wide as a phone, where it is shown a little
// smaller.
constexpr float kWide = 700;
constexpr float kNarrow = 450;

constexpr std::array kLanguages = {Language::English, Language::Chinese};

// More connections in a list are more than one looks through.
constexpr std::size_t kMostConnections = 32;
// Of more steps, over all its connections, a page has only one of both kinds of numbers.
constexpr std::size_t kBothNumbers = 500;
// And only one axis of time: the others cost the square of their number.
constexpr std::size_t kAllAxes = 150;

/// What a page still has room for, in frames: each connection takes of it what it has.
struct Room {
    explicit Room(std::size_t steps)
        : frames(steps), both_numbers(kBothNumbers + 1), all_axes(kAllAxes + 1) {}

    std::size_t frames, both_numbers, all_axes;
    bool has_both(const Played& played) const { return played.frames() <= both_numbers; }
    bool has_axes(const Played& played) const { return played.frames() <= all_axes; }
    void take(std::size_t taken) {
        for (std::size_t* room : {&frames, &both_numbers, &all_axes})
            *room -= std::min(*room, taken);
    }
};

// What no language changes: the states of both ends, after how many events of the connection, and
// which segment is looked at.
Json frames_of(const Played& played) {
    Json frames = Json::array();
    for (std::size_t frame = 0; frame < played.frames(); ++frame) {
        const model::Connection& now = played.timeline.at(played.positions[frame]);
        frames.push_back({{"states", {name(now.client.state()), name(now.server.state())}},
                          {"position", played.positions[frame]},
                          {"segment", played.segment(frame)}});
        if (const auto passage = played.passage(frame)) frames.back()["passage"] = *passage;
    }
    return frames;
}

std::string_view name_of(view::TimeAxis axis) {
    switch (axis) {
        case view::TimeAxis::ByEvent:
            return "by-event";
        case view::TimeAxis::Linear:
            return "linear";
        case view::TimeAxis::Collapsed:
            break;
    }
    return "collapsed";
}

Json films(const Played& played, PieceStore& pieces) {
    return {{"wide", ladder_film(played, pieces, kWide)},
            {"narrow", ladder_film(played, pieces, kNarrow)}};
}

// Of the ladder by the other axes than the one it begins with: {"linear": {"wide", "narrow"}, ...}.
Json films_by_axis(Played& played, PieceStore& pieces) {
    Json all = Json::object();
    const view::TimeAxis first = played.axis;
    for (const view::TimeAxis axis :
         {view::TimeAxis::ByEvent, view::TimeAxis::Linear, view::TimeAxis::Collapsed}) {
        if (axis == first) continue;
        played.axis = axis;
        all[std::string(name_of(axis))] = films(played, pieces);
    }
    played.axis = first;
    return all;
}

// What is said otherwise with raw numbers than with relative ones.
Json numbered(Played& played, PieceStore& pieces, bool all_axes) {
    Json words = frame_words(played);
    words["events"] = event_list(played);
    words["tips"] = Json::object();
    for (const picture::SegmentTip& tip :
         picture::segment_tips(played.timeline, played.raw_numbers))
        words["tips"][std::to_string(tip.segment)] = tip.text;
    words.update(films(played, pieces));
    if (all_axes) words["axes"] = films_by_axis(played, pieces);
    return words;
}

// Without what is the same as in `known`.
Json without(const Json& known, Json words) {
    for (const auto& [name, value] : known.items())
        if (words.contains(name) && words[name] == value) words.erase(name);
    return words;
}

Json in_language(Played& played, PieceStore& pieces, const Room& room, Language language) {
    const strings::InLanguage while_it_is_made(language);
    const bool all_axes = room.has_axes(played);
    Json words = numbered(played, pieces, all_axes);
    if (played.speaks_tcp() && room.has_both(played)) {
        played.raw_numbers = !played.raw_numbers;
        words["otherwise"] = without(words, numbered(played, pieces, all_axes));
        played.raw_numbers = !played.raw_numbers;
    }
    words["claims"] = claim_words(played);
    words["story"] = (*played.in_languages)[language].story;
    words["count"] = say(Text::EventOf, "#", played.index.steps().size());
    words["states"] = state_words(played);
    words.update(segment_words(played));
    words["noSegment"] = say(played.speaks_tcp() ? Text::SegmentNoneYet : Text::NoTcpSegment);
    const std::size_t connections = played.timeline.trace().connections().size();
    if (const auto one = played.timeline.connection(); one && connections > 1)
        words["connection"] = say(Text::ConnectionOf, *one + 1, connections);
    if (played.part) {
        words["part"] = say(Text::PagePart, played.first + 1, played.first + played.frames() - 1,
                            played.index.steps().size());
    }
    return words;
}

Json connection_data(Played& played, Room& room) {
    PieceStore pieces;
    Json data = {{"tcp", played.speaks_tcp()}, {"first", played.first}};
    if (const auto connection = played.timeline.connection()) {
        const model::ConnectionId& id = played.timeline.trace().connections()[*connection];
        data["number"] = *connection + 1;
        data["addresses"] = {to_string(id.client), to_string(id.server)};
    }
    data["frames"] = frames_of(played);
    data["figures"] = {figure_film(played, pieces, model::Role::Client),
                       figure_film(played, pieces, model::Role::Server)};
    for (const Language language : kLanguages) {
        data["languages"][std::string(strings::code(language))] =
            in_language(played, pieces, room, language);
    }
    data["octets"] = segment_octets(played);
    data["pieces"] = pieces.take();
    data["templates"] = pieces.take_templates();
    room.take(played.frames());
    return data;
}

// The others in their order, as far as there is room, which is less by what they take.
void add_others(const Subject& subject, std::size_t chosen, Room& room, Json& connections) {
    Options options = subject.options;
    const std::size_t all = subject.trace.connections().size();
    std::size_t before = 0;
    for (std::size_t i = 0; i < all && connections.size() < kMostConnections; ++i) {
        if (i == chosen) continue;
        options.connection = static_cast<model::ConnectionIndex>(i);
        const model::Timeline timeline(subject.trace, options.connection);
        auto what = played(timeline, options);
        if (!what || what->frames() > room.frames) break;
        Json data = connection_data(*what, room);
        if (i < chosen) {
            connections.insert(connections.begin() + static_cast<std::ptrdiff_t>(before++),
                               std::move(data));
        } else {
            connections.push_back(std::move(data));
        }
    }
}

std::string title_of(const Subject& subject, Language language) {
    std::string title = title_in(language, subject.trace, subject.options);
    return title.empty() ? say(Text::ProgramName) : title;
}

}  // namespace

Result<Json> page_data(const Subject& subject) {
    const auto timeline = timeline_of(subject);
    if (!timeline) return tl::make_unexpected(timeline.error());
    auto what = played(*timeline, subject.options);
    if (!what) return tl::make_unexpected(what.error());
    const std::size_t chosen = timeline->connection().value_or(0);
    Room room(most_steps(subject.options.axis));
    Json connections = Json::array({connection_data(*what, room)});
    if (!what->part) add_others(subject, chosen, room, connections);
    const std::size_t all = subject.trace.connections().size();
    if (!what->part && connections.size() < all && subject.options.left_out)
        subject.options.left_out(connections.size(), all);
    Json data = {{"titles", Json::object()},
                 {"language", strings::code(strings::language())},
                 {"raw", subject.options.raw_numbers},
                 {"axis", name_of(subject.options.axis)},
                 {"playing", 0},
                 {"ui", Json::object()}};
    for (std::size_t i = 0; i < connections.size(); ++i)
        if (connections[i].value("number", std::size_t{1}) == chosen + 1) data["playing"] = i;
    for (const Language language : kLanguages) {
        const strings::InLanguage while_it_is_made(language);
        const std::string code(strings::code(language));
        data["titles"][code] = title_of(subject, language);
        data["ui"][code] = page_words();
        if (connections.size() < all)
            data["ui"][code]["others"] = say(Text::PageConnections, connections.size(), all);
    }
    data["connections"] = std::move(connections);
    return data;
}

}  // namespace tcpstep::exports::html
