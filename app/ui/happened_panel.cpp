#include "app/ui/happened_panel.hpp"

#include <variant>

#include "app/ui/controls.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui {

using view::Happening;
using view::say;
using view::Text;

namespace {

constexpr float kRow = 1.25F;  // em
constexpr float kGap = 0.25F;  // em between the paragraphs

float height_of(const Painter& p, float w, const Happening& happening) {
    float h = p.wrapped_height(w, TextStyle::Body, happening.sentence);
    h += static_cast<float>(happening.rows.size()) * kRow * p.em();
    for (const Happening::Change& change : happening.changes) {
        h += kGap * p.em() + p.wrapped_height(w, TextStyle::Body, change.text);
    }
    return h;
}

// Long sentences in large letters do not fit: the letters become smaller then, within reason.
Painter fitting(const Painter& painter, Rect room, const Happening& happening) {
    Painter p = painter;
    while (p.em() > 0.6F * painter.em() && height_of(p, room.w, happening) > room.h) {
        p = painter.sized(p.em() - 0.04F * painter.em());
    }
    return p;
}

// Before anything has happened: what the lesson or the recording is about.
std::string introduction(const session::Session& session) {
    const lesson::Lesson* lesson = session.lesson();
    if (lesson != nullptr && !lesson->summary.shown().empty()) return lesson->summary.shown();
    const std::string& description = session.trace().description;
    return description.empty() ? say(Text::HappenedNothing) : description;
}

void add_score(Happening& happening, const session::Session& session) {
    const model::Score score = session.score();
    if (score.asked == 0) return;
    happening.changes.push_back(
        {say(Text::PredictScore, score.right, score.asked), ColourRole::Attention});
}

// The last note ends the run: it is the place to say how the kernel judged all of it.
void add_verdict(Happening& happening, const session::Session& session, std::size_t step) {
    const model::Timeline& timeline = session.timeline();
    if (session.running() || step != session.index().steps().back() ||
        !std::holds_alternative<model::Marker>(timeline.event(step).fact)) {
        return;
    }
    add_score(happening, session);
    std::size_t samples = 0;
    std::size_t agreed = 0;
    for (std::size_t i = 0; i < session.position(); ++i) {
        if (!std::holds_alternative<model::SocketSampled>(timeline.event(i).fact)) continue;
        ++samples;
        if (!timeline.effects(i).disagreement) ++agreed;
    }
    if (samples == 0) return;
    happening.changes.push_back({say(Text::HappenedKernel, agreed, samples),
                                 agreed == samples ? ColourRole::Syn : ColourRole::Rst});
}

// What the lesson tells here comes first.
void add_story(Happening& happening, const session::Session& session) {
    const lesson::Passage* passage = session.passage();
    if (passage == nullptr) return;
    happening.changes.push_back(
        {say(Text::StoryPassage, passage->text.shown()), ColourRole::Attention});
}

// What one predicted, and why it came out so; until the next segment is let go.
void add_prediction(Happening& happening, const session::Session& session) {
    const auto& verdict = session.predicting().verdict();
    if (!verdict || session.position() != session.timeline().size()) return;
    const session::Predicting::Asking& asking = verdict->asking;
    const bool raw = session.look().raw_numbers;
    std::string text =
        view::verdict_text(asking.question, asking.answer, verdict->outcome, asking.timeline, raw);
    const std::string reason =
        view::reason_text(asking.question, verdict->outcome, asking.timeline, raw);
    if (!reason.empty()) text += " " + reason;
    const bool told = verdict->outcome.kind == model::Outcome::Kind::Told;
    happening.changes.push_back({std::move(text), !told              ? ColourRole::TextDim
                                                  : verdict->right() ? ColourRole::Syn
                                                                     : ColourRole::Rst});
}

}  // namespace

void paint_happened_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area);
    const Rect inside = {area.x + em, area.y + 0.75F * em, area.w - 2 * em, area.h - 1.2F * em};
    const std::string title = say(Text::HappenedTitle);
    p.fitted({inside.x, inside.y, inside.w, 1.1F * em}, TextStyle::Label, ColourRole::TextDim,
             title);
    const float title_w = p.width(TextStyle::Label, title) + 1.5F * em;
    const session::Session& session = scene.session;
    const auto step = session.index().last_step_before(session.position());
    Happening happening;
    if (step) {
        happening = view::tell_event(session.timeline(), session.index(), *step,
                                     session.look().raw_numbers);
        add_story(happening, session);
        add_prediction(happening, session);
        add_verdict(happening, session, *step);
        std::string when = happening.when;
        if (!happening.after.empty()) when += " · " + happening.after;
        if (p.width(TextStyle::Small, when) > inside.w - title_w) when = happening.when;
        if (p.width(TextStyle::Small, when) > inside.w - title_w) when.clear();
        p.text({inside.x, inside.y, inside.w, 1.1F * em}, TextStyle::Small, ColourRole::TextDim,
               when, Align::Right);
    } else {
        happening.sentence = introduction(session);
    }
    const Rect room = {inside.x, inside.y + 1.55F * em, inside.w, inside.h - 1.55F * em};
    const Painter small = fitting(p, room, happening);
    p.clip(area);
    float y =
        room.y + small.wrapped({room.x, room.y}, room.w, TextStyle::Body,
                               step ? ColourRole::Text : ColourRole::TextDim, happening.sentence);
    for (const std::string& row : happening.rows) {
        small.fitted({room.x, y, room.w, kRow * small.em()}, TextStyle::MonoSmall, ColourRole::Text,
                     row);
        y += kRow * small.em();
    }
    for (const Happening::Change& change : happening.changes) {
        y += kGap * small.em();
        y += small.wrapped({room.x, y}, room.w, TextStyle::Body, change.colour, change.text);
    }
    p.unclip();
}

}  // namespace tcpstep::ui
