#include "app/view/diagram/state_story.hpp"

#include "app/view/diagram/edge_words.hpp"
#include "app/view/say.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view::diagram {

using namespace model;

namespace {

Text meaning(State state) {
    switch (state) {
        case State::Unknown:
        case State::Closed:
            break;
        case State::Listen:
            return Text::MeansListen;
        case State::SynSent:
            return Text::MeansSynSent;
        case State::SynRcvd:
            return Text::MeansSynRcvd;
        case State::Established:
            return Text::MeansEstablished;
        case State::FinWait1:
            return Text::MeansFinWait1;
        case State::FinWait2:
            return Text::MeansFinWait2;
        case State::CloseWait:
            return Text::MeansCloseWait;
        case State::Closing:
            return Text::MeansClosing;
        case State::LastAck:
            return Text::MeansLastAck;
        case State::TimeWait:
            return Text::MeansTimeWait;
    }
    return Text::MeansClosed;
}

StateVisit::Turn turn_of(const Timeline& timeline, const TimelineIndex& index,
                         const TimelineIndex::Change& change) {
    StateVisit::Turn turn;
    turn.event = change.event;
    const Duration since = timeline.event(change.event).time - timeline.event(0).time;
    turn.when = say(Text::CardMoment, offset_text(since), index.step_of(change.event));
    if (change.what.change.edge != nullptr) turn.edge = edge_text(taken_label(timeline, change));
    turn.cause = cause_text(timeline, change);
    return turn;
}

}  // namespace

std::string meaning_of(State state) {
    return say(meaning(state));
}

StateStory tell_state(const Timeline& timeline, const TimelineIndex& index, Role role, State state,
                      std::size_t position, std::optional<Time> now) {
    StateStory story;
    story.meaning = meaning_of(state);
    story.rfc = "3.3.2";
    bool later = false;
    const auto time_of = [&](std::size_t event) { return timeline.event(event).time; };
    for (const TimelineIndex::Change& change : index.changes(role)) {
        const StateChange& what = change.what.change;
        if (change.event >= position) {
            later = later || what.to == state;
            continue;
        }
        if (what.from == state && what.to != state && !story.visits.empty()) {
            StateVisit& visit = story.visits.back();
            visit.left = turn_of(timeline, index, change);
            visit.stayed = say(Text::CardStayed,
                               span_text(time_of(change.event) - time_of(visit.entered.event)));
        }
        if (what.to == state && what.from != state) {
            story.visits.push_back({turn_of(timeline, index, change), std::nullopt, {}});
        }
    }
    if (story.visits.empty()) {
        story.none = say(later ? Text::CardNotYet : Text::CardNever);
    } else if (StateVisit& last = story.visits.back(); !last.left) {
        const Duration so_far = now.value_or(time_of(position - 1)) - time_of(last.entered.event);
        last.stayed = say(Text::CardSince, now ? running_text(so_far) : span_text(so_far));
        if (now) story.changes_in = until_grown(so_far);
    }
    return story;
}

}  // namespace tcpstep::view::diagram
