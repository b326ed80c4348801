#include "app/ui/happened_panel.hpp"

#include "app/ui/controls.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui {

using view::Happening;
using view::say;
using view::Text;

namespace {

constexpr float kGap = 0.25F;  // em between the paragraphs

float height_of(const Painter& p, float w, const Happening& happening) {
    float h = p.wrapped_height(w, TextStyle::Body, happening.sentence);
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
    for (const lesson::Lesson& lesson : session.lessons()) {
        if (lesson.id == session.lesson_id() && !lesson.summary.empty()) return lesson.summary;
    }
    const std::string& description = session.trace().description;
    return description.empty() ? say(Text::HappenedNothing) : description;
}

}  // namespace

void paint_happened_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area);
    const Rect inside = {area.x + em, area.y + 0.75F * em, area.w - 2 * em, area.h - 1.2F * em};
    const std::string title = say(Text::HappenedTitle);
    p.text({inside.x, inside.y, inside.w, 1.1F * em}, TextStyle::Label, ColourRole::TextDim, title);
    const float title_w = p.width(TextStyle::Label, title) + 1.5F * em;
    const session::Session& session = scene.session;
    const auto step = session.index().last_step_before(session.position());
    Happening happening;
    if (step) {
        happening = view::tell_event(session.timeline(), session.index(), *step,
                                     session.look().raw_numbers);
        std::string when = happening.when;
        if (!happening.after.empty()) when += " · " + happening.after;
        if (p.width(TextStyle::Small, when) > inside.w - title_w) when = happening.when;
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
    for (const Happening::Change& change : happening.changes) {
        y += kGap * small.em();
        y += small.wrapped({room.x, y}, room.w, TextStyle::Body, change.colour, change.text);
    }
    p.unclip();
}

}  // namespace tcpstep::ui
