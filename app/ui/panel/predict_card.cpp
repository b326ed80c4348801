#include "app/ui/panel/predict_card.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "app/ui/controls.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using session::AtGate;
using session::Predicting;
using view::say;
using view::Text;

namespace {

// In em.
constexpr float kButton = 1.9F;
constexpr float kGap = 0.5F;
constexpr float kPad = 0.7F;  // inside a button, each side
constexpr float kDigit = 1.1F;

struct Choice {
    std::string id;
    std::string digit;
    std::string words;
};

std::vector<Choice> choices_of(const Scene& scene, const Predicting::Asking& asking) {
    std::vector<Choice> choices;
    for (const std::string& choice : asking.question.choices) {
        const std::string digit = std::to_string(choices.size() + 1);
        choices.push_back({"choice " + digit, digit,
                           view::choice_text(asking.question, choice, asking.timeline,
                                             scene.session.look().raw_numbers)});
    }
    return choices;
}

float width_of(const Painter& p, const Choice& choice) {
    return p.width(TextStyle::Body, choice.words) + (2 * kPad + kDigit) * p.em();
}

// How many rows the buttons take.
std::size_t rows_of(const Painter& p, const std::vector<Choice>& choices, float room) {
    std::size_t rows = 1;
    float x = 0;
    for (const Choice& choice : choices) {
        const float w = std::min(width_of(p, choice), room);
        if (x > 0 && x + w > room) {
            ++rows;
            x = 0;
        }
        x += w + kGap * p.em();
    }
    return rows;
}

float height_of(const Painter& p, float w, const std::string& question,
                const std::vector<Choice>& choices) {
    const auto rows = static_cast<float>(rows_of(p, choices, w));
    return p.wrapped_height(w, TextStyle::Body, question) + 0.4F * p.em() +
           rows * (kButton + kGap) * p.em() + 1.1F * p.em();
}

// Smaller letters, within reason, until all of it is in sight.
Painter fitting(const Painter& painter, Rect room, const std::string& question,
                const std::vector<Choice>& choices) {
    Painter p = painter;
    while (p.em() > 0.55F * painter.em() && height_of(p, room.w, question, choices) > room.h)
        p = painter.sized(p.em() - 0.04F * painter.em());
    return p;
}

void paint_choices(const Scene& scene, const Painter& p, Rect room,
                   const std::vector<Choice>& choices) {
    const float em = p.em();
    float x = room.x;
    float y = room.y;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const Choice& choice = choices[i];
        const float w = std::min(width_of(p, choice), room.w);
        if (x > room.x && x + w > room.right()) {
            x = room.x;
            y += (kButton + kGap) * em;
        }
        const Rect box = {x, y, w, kButton * em};
        const Touch touch =
            touch_area(p, choice.id.c_str(), box, say(Text::TipChoice, choice.digit));
        p.fill(box, touch.hovered ? ColourRole::ControlHover : ColourRole::Control, 0.33F * em);
        p.outline(box, ColourRole::Attention, 0.33F * em, touch.hovered ? 2 : 1);
        p.text({box.x + kPad * em, box.y, kDigit * em, box.h}, TextStyle::MonoSmall,
               ColourRole::Attention, choice.digit);
        p.fitted({box.x + (kPad + kDigit) * em, box.y, box.w - (2 * kPad + kDigit) * em, box.h},
                 TextStyle::Body, ColourRole::Text, choice.words);
        if (touch.clicked) scene.wish(session::AnswerQuestion{i});
        x += w + kGap * em;
    }
}

}  // namespace

bool predict_card_wanted(const session::Session& session) {
    const Predicting& predicting = session.predicting();
    if (predicting.awaiting()) return session.at_now();
    return predicting.open() != nullptr && session.at_gate() == AtGate::Holding;
}

void paint_predict_card(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area, ColourRole::Attention);
    const Rect inside = {area.x + em, area.y + 0.75F * em, area.w - 2 * em, area.h - 1.2F * em};
    const Rect head = {inside.x, inside.y, inside.w, 1.1F * em};
    const std::string title = say(Text::PredictTitle);
    p.text(head, TextStyle::Label, ColourRole::Attention, title);
    const model::Score score = scene.session.score();
    const float used = p.width(TextStyle::Label, title) + 1.5F * em;
    if (score.asked > 0) {
        p.fitted({head.x + used, head.y, head.w - used, head.h}, TextStyle::Small,
                 ColourRole::TextDim, say(Text::PredictScore, score.right, score.asked),
                 Align::Right);
    }
    const Rect room = {inside.x, inside.y + 1.45F * em, inside.w, inside.h - 1.45F * em};
    const Predicting::Asking* asking = scene.session.predicting().open();
    if (asking == nullptr) {
        p.wrapped({room.x, room.y}, room.w, TextStyle::Body, ColourRole::TextDim,
                  say(Text::PredictAwaited));
        return;
    }
    const std::string question = view::question_text(asking->question, asking->timeline);
    const std::vector<Choice> choices = choices_of(scene, *asking);
    const Painter small = fitting(p, room, question, choices);
    p.clip(area);
    const float y =
        room.y +
        small.wrapped({room.x, room.y}, room.w, TextStyle::Body, ColourRole::Text, question) +
        0.4F * small.em();
    paint_choices(scene, small, {room.x, y, room.w, room.bottom() - y}, choices);
    small.fitted({room.x, room.bottom() - small.em(), room.w, small.em()}, TextStyle::Small,
                 ColourRole::TextDim, say(Text::PredictHow, choices.size()));
    p.unclip();
}

float predict_chip_width(const Scene& scene) {
    if (scene.session.at_gate() == AtGate::NoGate && !scene.session.predicting().on()) return 0;
    const Painter& p = scene.painter;
    return p.width(TextStyle::Small, say(Text::Predict)) + 2.5F * p.em();
}

void paint_predict_chip(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const bool on = scene.session.predicting().on();
    const Touch touch = touch_area(p, "predict", box, say(Text::TipPredict));
    const ColourRole ground = touch.hovered ? ColourRole::ControlHover
                              : on          ? ColourRole::AttentionBack
                                            : ColourRole::Control;
    const ColourRole role = on ? ColourRole::Attention : ColourRole::TextDim;
    p.fill(box, ground, 0.33F * em);
    const Point mark = {box.x + 0.9F * em, box.centre().y};
    if (on) {
        draw_icon(p, Icon::Tick, mark, 0.6F * em, role, ground);
    } else {
        p.ring(mark, 0.28F * em, role, 0.1F * em);
    }
    p.text({box.x + 1.6F * em, box.y, box.w, box.h}, TextStyle::Small, role, say(Text::Predict));
    if (touch.clicked) scene.wish(session::TogglePredict{});
}

}  // namespace tcpstep::ui::panel
