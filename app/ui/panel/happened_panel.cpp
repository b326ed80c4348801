#include "app/ui/panel/happened_panel.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/session/claims.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/panel/bytes_panel.hpp"
#include "app/ui/panel/told_event.hpp"
#include "app/view/event_more.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::Happening;
using view::say;
using view::Text;

namespace {

constexpr float kStrip = 4.5F;  // em: what is lower is a strip
constexpr float kSmallStory = 0.82F;

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
    const view::ClaimTally claims = session::claim_tally(session);
    if (claims.all > 0 && !session::claims_unchecked(session)) {
        happening.changes.push_back(
            {say(Text::HappenedClaims, claims.hold, claims.all),
             claims.hold == claims.all ? ColourRole::Syn : ColourRole::Rst});
    }
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

// What the lesson tells here comes first; but it tells what will come, too, and while that is asked
// it would give the answer away.
void add_story(Happening& happening, const session::Session& session) {
    const lesson::Passage* passage = session.passage();
    const bool asked = session.at_now() && session.predicting().open() != nullptr;
    if (passage == nullptr || asked) return;
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

// What the event has decided of the lesson's claims, as far as there is room for it. The panel of
// the claims tells it all.
void add_claims(Happening& happening, const Scene& scene, Rect room) {
    if (scene.session.look().claims) return;
    using Outcome = view::ClaimEntry::Outcome;
    const float enough = 1.08F * room.h;  // letters that little smaller are read as well
    for (const view::ClaimEntry& claim : session::claims_of(scene.session)) {
        if (!claim.fresh) continue;
        const bool holds = claim.outcome == Outcome::Holds;
        const std::string text = say(Text::ClaimTold, outcome_word(claim.outcome), claim.text);
        happening.changes.push_back({text + " " + say(Text::ClaimBecause, claim.evidence),
                                     holds ? ColourRole::Syn : ColourRole::Rst});
        if (happening_height(scene.painter, room.w, happening) <= enough) continue;
        happening.changes.back().text = text;
        if (happening_height(scene.painter, room.w, happening) <= enough) continue;
        happening.changes.pop_back();
        return;
    }
}

// With more room all that was decided is told, and whole: by this step, and at the end by the run.
void add_claims_to_more(Told& told, const Scene& scene, std::size_t step) {
    const session::Session& session = scene.session;
    if (session.look().claims) return;
    const bool over = !session.running() && step == session.index().steps().back();
    std::vector<view::MoreLine> claims;
    for (const view::ClaimEntry& claim : session::claims_of(session)) {
        if (claim.outcome == view::ClaimEntry::Outcome::Open || !(claim.fresh || over)) continue;
        claims.push_back({outcome_word(claim.outcome), "",
                          claim.text + " " + say(Text::ClaimBecause, claim.evidence)});
    }
    told.more.insert(told.more.end(), claims.begin(), claims.end());
}

// Opens and closes what is more; returns where what stands to its left must end.
float paint_more_button(const Scene& scene, Rect line) {
    const bool open = scene.session.look().more;
    const Painter& p = scene.painter;
    const std::string word = say(open ? Text::MoreHide : Text::MoreShow);
    const float w = p.width(TextStyle::Small, word) + p.em();
    const Rect box = {line.right() - w, line.y - 0.2F * p.em(), w, 1.5F * p.em()};
    if (word_button(p, "more", box, word, say(open ? Text::TipLess : Text::TipMore)))
        scene.wish(session::ToggleMore{});
    return box.x - 0.8F * p.em();
}

// A strip above an inspector: all in one paragraph.
void paint_strip(const Scene& scene, Rect area, Told told) {
    const Painter& p = scene.painter;
    const float em = p.em();
    Rect room = {area.x + em, area.y + 0.3F * em, area.w - 2 * em, area.h - 0.5F * em};
    for (const Happening::Change& change : told.happening.changes)
        told.happening.sentence += "  " + change.text;
    told.happening.changes.clear();
    told.happening.rows.clear();
    const float right = paint_more_button(scene, {room.x, area.y + 0.5F * em, room.w, em});
    room.w = right - room.x;
    paint_told(scene, area, room, told);
}

}  // namespace

void paint_happened_panel(const Scene& scene, Rect area, bool alone) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area);
    // In very large text around the words there is less room.
    const float above = alone ? 0.6F : 0.75F;
    const float around = alone ? 0.95F : 1.2F;
    const float head_h = alone ? 1.45F : 1.55F;
    const Rect inside = {area.x + em, area.y + above * em, area.w - 2 * em, area.h - around * em};
    const session::Session& session = scene.session;
    const auto step = session.index().last_step_before(session.position());
    const Rect room = {inside.x, inside.y + head_h * em, inside.w, inside.h - head_h * em};
    const bool more = session.look().more && area.h >= kStrip * em;
    Told told;
    told.dim = !step;
    if (step) {
        told.happening = view::tell_event(session.timeline(), session.index(), *step,
                                          session.look().raw_numbers);
        add_story(told.happening, session);
        add_prediction(told.happening, session);
        add_verdict(told.happening, session, *step);
        if (!more) add_claims(told.happening, scene, room);
    } else {
        told.happening.sentence = introduction(session);
    }
    if (area.h < kStrip * em) return paint_strip(scene, area, std::move(told));
    if (step && more) {
        told.more =
            view::tell_more(session.timeline(), session.index(), *step, session.look().raw_numbers);
        add_claims_to_more(told, scene, *step);
    }
    const std::string title = say(Text::HappenedTitle);
    Rect head = inside;
    if (alone) head.w -= paint_segment_buttons(scene, {inside.x, inside.y, inside.w, 1.1F * em});
    const float right = paint_more_button(scene, head);
    const float title_w = p.width(TextStyle::Label, title) + 1.5F * em;
    p.fitted({inside.x, inside.y, right - inside.x, 1.1F * em}, TextStyle::Label,
             ColourRole::TextDim, title);
    std::string when = told.happening.when;
    if (!told.happening.after.empty()) when += " · " + told.happening.after;
    const float when_w = right - inside.x - title_w;
    if (p.width(TextStyle::Small, when) > when_w) when = told.happening.when;
    if (p.width(TextStyle::Small, when) <= when_w) {
        p.text({inside.x, inside.y, right - inside.x, 1.1F * em}, TextStyle::Small,
               ColourRole::TextDim, when, Align::Right);
    }
    if (!alone || more) return paint_told(scene, area, room, told);
    // The end of a story is better read in letters a little smaller than not at all.
    float em_told = em;
    while (em_told > kSmallStory * em &&
           happening_height(p.sized(em_told), room.w, told.happening) > room.h + 0.25F * em)
        em_told -= 0.02F * em;
    const Painter small = p.sized(em_told);
    paint_told(scene.with(small), area, room, told);
}

}  // namespace tcpstep::ui::panel
