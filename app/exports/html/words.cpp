#include "app/exports/html/words.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "app/exports/html/shared.hpp"
#include "app/view/call_list.hpp"
#include "app/view/claim_list.hpp"
#include "app/view/diagram/state_story.hpp"
#include "app/view/escape.hpp"
#include "app/view/event_more.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/kernel_panel.hpp"
#include "app/view/lists/event_line.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::exports::html {

using Json = nlohmann::ordered_json;
using view::say;
using view::Text;

namespace {

constexpr std::array kRoles = {model::Role::Client, model::Role::Server};
constexpr std::size_t kMostCalls = 12;
constexpr float kKernelRows = 5;

// Before anything has happened: what the recording is about.
std::string introduction(const Played& played) {
    if (played.frames() == 1) return say(Text::NoEventsFile);
    const std::string& known = (*played.in_languages)[strings::language()].description;
    const std::string& description = known.empty() ? played.timeline.trace().description : known;
    return description.empty() ? say(Text::HappenedNothing) : view::escaped(description);
}

Json told_words(const Played& played, std::size_t frame, Shared& more) {
    const auto event = played.told(frame);
    if (!event) return {{"sentence", introduction(played)}};
    const view::Happening told =
        view::tell_event(played.timeline, played.index, *event, played.raw_numbers);
    Json words = {{"sentence", told.sentence}, {"when", told.when}};
    if (!told.after.empty()) words["after"] = told.after;
    if (!told.rows.empty()) words["rows"] = told.rows;
    for (const view::Happening::Change& change : told.changes)
        words["changes"].push_back({change.text, static_cast<unsigned>(change.colour)});
    for (const view::MoreLine& line :
         view::tell_more(played.timeline, played.index, *event, played.raw_numbers))
        words["more"].push_back(more.index_of({line.label, line.source, line.text}));
    return words;
}

std::string_view outcome_name(view::CallOutcome outcome) {
    switch (outcome) {
        case view::CallOutcome::Returned:
            return "returned";
        case view::CallOutcome::Failed:
            return "failed";
        case view::CallOutcome::Blocked:
            return "blocked";
    }
    return {};
}

// {"earlier", "none", "lines": [[call, outcome, value, kind, now, frame]]}
Json call_words(const Played& played, model::Role role, std::size_t frame) {
    const view::CallList calls =
        view::call_list(played.timeline, played.index, role, played.positions[frame], kMostCalls);
    Json words;
    if (calls.earlier > 0) words["earlier"] = say(Text::CallsEarlier, calls.earlier);
    if (calls.lines.empty())
        words["none"] = say(played.captured() ? Text::CallsNotCaptured : Text::CallsNone);
    words["lines"] = Json::array();
    for (const view::CallLine& line : calls.lines) {
        words["lines"].push_back({line.call, line.outcome, line.value, outcome_name(line.kind),
                                  line.now, played.frame_of(line.event)});
    }
    return words;
}

// {"verdict", "agrees", "alarm", "items": [[name, value, tip, loud]]}
Json kernel_words(const Played& played, model::Role role, std::size_t frame) {
    view::KernelInput input{played.timeline, played.index, role};
    input.position = played.positions[frame];
    input.area = {0, 0, 20 * input.em, kKernelRows * view::kKernelRow * input.em};
    const view::KernelPanel panel = view::lay_out_kernel(input);
    Json words = {{"verdict", panel.verdict}, {"agrees", panel.agrees}, {"alarm", panel.alarm}};
    words["items"] = Json::array();
    for (const view::KernelItem& item : panel.items) {
        // What is written in the ring stands beside it again, and there is no ring here.
        if (item.kind == view::KernelItem::Kind::Ring) continue;
        words["items"].push_back({item.name, item.value, item.tip, item.loud});
    }
    return words;
}

}  // namespace

Json frame_words(const Played& played) {
    Shared calls;
    Shared kernel;
    Shared more;
    Json frames = Json::array();
    for (std::size_t frame = 0; frame < played.frames(); ++frame) {
        Json words = {{"told", told_words(played, frame, more)}};
        for (const model::Role role : kRoles) {
            words["calls"].push_back(calls.index_of(call_words(played, role, frame)));
            words["kernel"].push_back(kernel.index_of(kernel_words(played, role, frame)));
        }
        frames.push_back(std::move(words));
    }
    return {{"frames", std::move(frames)},
            {"more", more.take()},
            {"calls", calls.take()},
            {"kernel", kernel.take()}};
}

Json event_list(const Played& played) {
    const view::lists::EventSource source{played.timeline, played.index, played.raw_numbers};
    Json list = Json::array();
    for (std::size_t frame = 1; frame < played.frames(); ++frame) {
        const auto event = played.told(frame);
        if (!event) continue;
        const view::lists::EventLine line =
            view::lists::event_line(source, {*event, std::nullopt}, std::nullopt);
        Json row = {{"number", played.first + frame}, {"time", line.time}, {"what", line.what}};
        if (line.who) row["who"] = view::role_word(*line.who);
        row["colour"] = static_cast<unsigned>(line.colour);
        for (const model::Role role : kRoles) {
            const auto& changes = played.index.changes(role);
            for (std::size_t i = 0; i < changes.size(); ++i) {
                if (changes[i].event < played.positions[frame - 1] ||
                    changes[i].event >= played.positions[frame])
                    continue;
                row["changes"].push_back(
                    view::role_word(role) + ": " +
                    view::lists::event_what(
                        source, {changes[i].event, view::lists::EventRow::Change{role, i}}));
            }
        }
        // What this version does not know is no step: it is told with the one before it.
        for (std::size_t at = played.positions[frame - 1]; at < played.positions[frame]; ++at) {
            if (std::holds_alternative<model::Unrecognized>(played.timeline.event(at).fact))
                row["notes"].push_back(view::lists::event_what(source, {at, std::nullopt}));
        }
        list.push_back(std::move(row));
    }
    return list;
}

Json claim_words(const Played& played) {
    Json list = Json::array();
    for (const view::ClaimEntry& claim :
         view::claim_list(played.timeline, played.index, {}, played.positions.back())) {
        using Outcome = view::ClaimEntry::Outcome;
        Json words = {{"text", view::escaped(claim.text)}};
        if (claim.outcome != Outcome::Open && claim.event) {
            words["evidence"] = claim.evidence;
            words["holds"] = claim.outcome == Outcome::Holds;
            words["word"] = view::outcome_word(claim.outcome);
            words["frame"] = played.frame_of(*claim.event);
        }
        list.push_back(std::move(words));
    }
    return list;
}

namespace {

constexpr std::array kStates = {
    model::State::Closed,   model::State::Listen,      model::State::SynSent,
    model::State::SynRcvd,  model::State::Established, model::State::FinWait1,
    model::State::FinWait2, model::State::CloseWait,   model::State::Closing,
    model::State::LastAck,  model::State::TimeWait};

Json turn_words(const Played& played, const view::diagram::StateVisit::Turn& turn) {
    return {{"frame", played.frame_of(turn.event)},
            {"when", turn.when},
            {"why", turn.edge.empty() ? turn.cause : turn.edge + " · " + turn.cause}};
}

}  // namespace

Json state_words(const Played& played) {
    Json words;
    for (const model::Role role : kRoles) {
        Json ours = Json::object();
        for (const model::State state : kStates) {
            const view::diagram::StateStory story = view::diagram::tell_state(
                played.timeline, played.index, role, state, played.positions.back(), std::nullopt);
            Json one = {{"meaning", story.meaning},
                        {"rfc", story.rfc},
                        {"never", story.visits.empty()},
                        {"visits", Json::array()}};
            for (const view::diagram::StateVisit& visit : story.visits) {
                Json stay = {{"entered", turn_words(played, visit.entered)},
                             {"stayed", visit.stayed}};
                if (visit.left) stay["left"] = turn_words(played, *visit.left);
                one["visits"].push_back(std::move(stay));
            }
            ours[std::string(name(state))] = std::move(one);
        }
        words.push_back(std::move(ours));
    }
    return words;
}

Json page_words() {
    static constexpr std::pair<std::string_view, Text> kWords[] = {
        {"client", Text::ClientTitle},
        {"server", Text::ServerTitle},
        {"ladder", Text::LadderTitle},
        {"ladderSays", Text::PageLadder},
        {"happened", Text::HappenedTitle},
        {"calls", Text::SocketCalls},
        {"kernel", Text::KernelSays},
        {"claims", Text::ClaimsTitle},
        {"open", Text::ClaimOpen},
        {"events", Text::EventsTitle},
        {"tipEvents", Text::TipEvents},
        {"more", Text::MoreShow},
        {"less", Text::MoreHide},
        {"tipMore", Text::TipMore},
        {"tipLess", Text::TipLess},
        {"segment", Text::SegmentNone},
        {"inspect", Text::InspectPoint},
        {"noTcp", Text::NoTcp},
        {"save", Text::PageSave},
        {"tipSave", Text::TipPageSave},
        {"language", Text::LanguageButton},
        {"tipLanguage", Text::TipLanguage},
        {"tipTheme", Text::TipTheme},
        {"tipHelp", Text::TipHelp},
        {"tipFullScreen", Text::TipFullScreen},
        {"tipHome", Text::TipHome},
        {"tipBack", Text::TipBack},
        {"tipPlay", Text::TipPlay},
        {"tipPause", Text::TipPause},
        {"tipStep", Text::TipStep},
        {"tipEnd", Text::TipEnd},
        {"tipSlower", Text::TipSlower},
        {"tipFaster", Text::TipFaster},
        {"tipScrub", Text::TipScrub},
        {"tipCall", Text::TipCall},
        {"tipMoment", Text::TipVisit},
        {"tipConnection", Text::TipPageConnection},
        {"saveWhole", Text::PageSaveWhole},
        {"tipSaveWhole", Text::TipPageSaveWhole},
        {"tipNumbers", Text::TipNumbers},
        {"tipLarger", Text::TipZoomIn},
        {"tipSmaller", Text::TipZoomOut},
        {"by-event", Text::TimeByEvent},
        {"linear", Text::TimeLinear},
        {"collapsed", Text::TimeCollapsed},
        {"tipAxis", Text::TipTimeAxis},
        {"follow", Text::LadderFollow},
        {"tipFollow", Text::TipFollow},
        {"tipInspector", Text::TipPageInspector},
        {"tipBlank", Text::TipPageBlank},
        {"entered", Text::CardEntered},
        {"left", Text::CardLeft},
        {"never", Text::CardNever},
        {"notYet", Text::CardNotYet},
        {"keys", Text::DoesTitle},
        {"close", Text::TipCardClose},
        {"noScript", Text::PageNoScript},
    };
    // What a page may lack has a name, under which its script looks for it.
    struct KeyLine {
        Text keys, does;
        std::string_view needs = {};
    };
    static constexpr KeyLine kKeys[] = {
        {Text::KeysForward, Text::DoesForward},
        {Text::KeysBack, Text::DoesBack},
        {Text::KeysPlay, Text::DoesPagePlay},
        {Text::KeysHome, Text::DoesHome},
        {Text::KeysEnd, Text::DoesEnd},
        {Text::KeysTenths, Text::DoesTenths},
        {Text::KeysSpeed, Text::DoesSpeed},
        {Text::KeysNumbers, Text::DoesNumbers, "numbers"},
        {Text::KeysTimeAxis, Text::DoesTimeAxis, "axes"},
        {Text::KeysPageZoom, Text::DoesPageZoom},
        {Text::KeysFollow, Text::DoesFollow},
        {Text::KeysMore, Text::DoesMore},
        {Text::KeysInspector, Text::DoesInspector},
        {Text::KeysPageEvents, Text::DoesPageEvents},
        {Text::KeysPageConnections, Text::DoesPageConnections, "connections"},
        {Text::KeysTheme, Text::DoesTheme},
        {Text::KeysLanguage, Text::DoesLanguage},
        {Text::KeysFullScreen, Text::DoesFullScreen},
        {Text::KeysBlank, Text::DoesBlank},
        {Text::KeysPageSave, Text::DoesPageSave},
        {Text::KeysHelp, Text::DoesHelp},
        {Text::KeysEscape, Text::DoesEscape},
    };
    Json words;
    for (const auto& [name, text] : kWords) words[std::string(name)] = strings::text(text);
    for (const KeyLine& line : kKeys)
        words["keyList"].push_back(
            {strings::text(line.keys), strings::text(line.does), line.needs});
    words["speed"] = say(Text::Speed, "#");
    return words;
}

}  // namespace tcpstep::exports::html
