#include "app/ui/panel/event_filter_bar.hpp"

#include <algorithm>
#include <string>

#include "app/ui/controls.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::ui::panel {

using model::Flags;
using view::say;
using view::Text;
using view::lists::RowKind;

namespace {

// In em.
constexpr float kChip = 1.3F;  // high
constexpr float kPad = 0.9F;   // of its words, both sides
constexpr float kGap = 0.28F;  // between chips, and lines
constexpr float kGroup = 0.6F;

/// Puts chips one after another, and into the next line where one does not fit.
class Flow {
  public:
    Flow(const Scene& scene, Rect area, bool paints)
        : scene_(scene), area_(area), x_(area.x), y_(area.y), paints_(paints) {}

    /// True if it was clicked.
    bool chip(const char* id, const std::string& words, const std::string& tip, bool chosen,
              ColourRole role = ColourRole::Syn) {
        const Painter& p = scene_.painter;
        const Rect box = next(p.width(TextStyle::Small, words) + kPad * p.em());
        if (!paints_) return false;
        const Touch touch = touch_area(p, id, box, tip);
        const float round = 0.5F * box.h;
        p.fill(box,
               chosen          ? role
               : touch.hovered ? ColourRole::ControlHover
                               : ColourRole::Control,
               round);
        if (chosen && touch.hovered) p.outline(box, ColourRole::Text, round, 1.5F);
        p.fitted({box.x + 0.2F * p.em(), box.y, box.w - 0.4F * p.em(), box.h}, TextStyle::Small,
                 chosen ? ColourRole::OnAccent : ColourRole::Text, words, Align::Centre);
        return touch.clicked;
    }
    void group() {
        if (x_ > area_.x) x_ += (kGroup - kGap) * scene_.painter.em();
    }
    float width() const { return x_ - kGap * scene_.painter.em() - area_.x; }
    float height() const { return y_ + kChip * scene_.painter.em() - area_.y; }

  private:
    Rect next(float w) {
        const float em = scene_.painter.em();
        if (x_ > area_.x && x_ + w > area_.right()) {
            x_ = area_.x;
            y_ += (kChip + kGap) * em;
        }
        const Rect box = {x_, y_, std::min(w, area_.w), kChip * em};
        x_ += w + kGap * em;
        return box;
    }

    const Scene& scene_;
    Rect area_;
    float x_, y_;
    bool paints_;
};

struct FlagChip {
    const char* name;
    std::uint16_t bit;
};
constexpr FlagChip kFlags[] = {{"SYN", Flags::kSyn},
                               {"FIN", Flags::kFin},
                               {"RST", Flags::kRst},
                               {"PSH", Flags::kPsh},
                               {"ACK", Flags::kAck}};

struct KindChip {
    const char* id;
    Text words;
    RowKind kind;
};
constexpr KindChip kKinds[] = {{"kind segments", Text::EventsKindSegments, RowKind::Segment},
                               {"kind calls", Text::EventsKindCalls, RowKind::Call},
                               {"kind states", Text::EventsKindStates, RowKind::State},
                               {"kind kernel", Text::EventsKindKernel, RowKind::Kernel},
                               {"kind notes", Text::EventsKindNotes, RowKind::Note}};

void put_chips(Flow& flow, view::lists::EventFilter& filter) {
    for (const FlagChip& flag : kFlags) {
        if (flow.chip(flag.name, flag.name, say(Text::TipEventsFlag),
                      (filter.flags & flag.bit) != 0)) {
            filter.flags = static_cast<std::uint16_t>(filter.flags ^ flag.bit);
        }
    }
    if (flow.chip("again", say(Text::EventsAgainChip), say(Text::TipEventsAgain), filter.again)) {
        filter.again = !filter.again;
    }
    flow.group();
    for (const model::Role role : {model::Role::Client, model::Role::Server}) {
        const bool client = role == model::Role::Client;
        bool& chosen = client ? filter.client : filter.server;
        if (flow.chip(client ? "end client" : "end server", view::role_word(role),
                      say(Text::TipEventsEnd), chosen, view::role_colour(role))) {
            chosen = !chosen;
        }
    }
    flow.group();
    for (const KindChip& kind : kKinds) {
        const std::uint8_t bit = view::lists::kind_bit(kind.kind);
        if (flow.chip(kind.id, say(kind.words), say(Text::TipEventsKind),
                      (filter.kinds & bit) != 0)) {
            filter.kinds = static_cast<std::uint8_t>(filter.kinds ^ bit);
        }
    }
}

// What is only measured paints nothing and is not clicked.
Flow measured(const Scene& scene, float width) {
    Flow flow(scene, {0, 0, width, 0}, false);
    put_chips(flow, scene.state.events.filter);
    return flow;
}

}  // namespace

float paint_event_filter(const Scene& scene, Rect area, EventListState& state) {
    Flow flow(scene, area, true);
    put_chips(flow, state.filter);
    return flow.height();
}

float event_filter_height(const Scene& scene, float width) {
    return measured(scene, width).height();
}

float event_filter_width(const Scene& scene) {
    constexpr float kOneLine = 1e6F;
    return measured(scene, kOneLine).width();
}

}  // namespace tcpstep::ui::panel
