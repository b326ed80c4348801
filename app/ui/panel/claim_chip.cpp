#include "app/ui/panel/claim_chip.hpp"

#include <string>

#include "app/session/claims.hpp"
#include "app/ui/controls.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using Outcome = view::ClaimEntry::Outcome;
using view::ClaimTally;
using view::say;
using view::Text;

namespace {

// In em: before the words, and after them.
constexpr float kMark = 1.6F;
constexpr float kEnd = 0.5F;

// One that does not hold outweighs all else; while some are open not all hold yet.
Outcome outcome_of(const ClaimTally& tally) {
    if (tally.do_not_hold > 0) return Outcome::DoesNotHold;
    return tally.hold == tally.all ? Outcome::Holds : Outcome::Open;
}

// Of a run that is not checked nothing is claimed, so that none of 0 fails.
std::string words(const Scene& scene, const ClaimTally& tally, Text how) {
    if (session::claims_unchecked(scene.session)) {
        return how == Text::ClaimsChip ? say(Text::ClaimsChipUnchecked)
                                       : say(Text::ClaimsChipShort, "–", tally.all);
    }
    std::string words = say(how, tally.hold, tally.all);
    if (tally.fresh > 0) words += "  " + say(Text::ClaimsNew, tally.fresh);
    return words;
}

float width_of(const Painter& p, const std::string& words) {
    return p.width(TextStyle::Strong, words) + (kMark + kEnd) * p.em();
}

}  // namespace

void paint_claim_mark(const Painter& p, Outcome outcome, Point centre, float size,
                      ColourRole behind) {
    switch (outcome) {
        case Outcome::Open:
            p.ring(centre, 0.45F * size, ColourRole::TextDim, 0.14F * size);
            break;
        case Outcome::Holds:
            draw_icon(p, Icon::Tick, centre, size, claim_colour(outcome), behind);
            break;
        case Outcome::DoesNotHold:
            draw_icon(p, Icon::Cross, centre, size, claim_colour(outcome), behind);
            break;
    }
}

ColourRole claim_colour(Outcome outcome) {
    switch (outcome) {
        case Outcome::Open:
            return ColourRole::TextDim;
        case Outcome::Holds:
            return ColourRole::Syn;
        case Outcome::DoesNotHold:
            return ColourRole::Rst;
    }
    return ColourRole::TextDim;
}

float claim_chip_width(const Scene& scene, const ClaimTally& tally, float room) {
    if (tally.all == 0) return 0;
    const Painter& p = scene.painter;
    for (const Text how : {Text::ClaimsChip, Text::ClaimsChipShort}) {
        const float w = width_of(p, words(scene, tally, how));
        if (w <= room) return w;
    }
    return 0;
}

void paint_claim_chip(const Scene& scene, const ClaimTally& tally, Rect box) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Outcome outcome = outcome_of(tally);
    const Touch touch = touch_area(p, "claims", box, say(Text::TipClaims));
    const bool open = scene.session.look().claims;
    const ColourRole ground = touch.hovered ? ColourRole::ControlHover
                              : open        ? ColourRole::NodeVisited
                                            : ColourRole::Control;
    const ColourRole role = outcome == Outcome::Open ? ColourRole::Text : claim_colour(outcome);
    p.fill(box, ground, 0.33F * em);
    if (tally.fresh > 0)
        p.outline(box, claim_colour(tally.do_not_hold > 0 ? Outcome::DoesNotHold : Outcome::Holds),
                  0.33F * em, 2);
    paint_claim_mark(p, outcome, {box.x + 0.9F * em, box.centre().y}, 0.62F * em, ground);
    const std::string full = words(scene, tally, Text::ClaimsChip);
    const bool fits = width_of(p, full) <= box.w + 1;
    p.text({box.x + kMark * em, box.y, box.w, box.h},
           tally.fresh > 0 ? TextStyle::Strong : TextStyle::Small, role,
           fits ? full : words(scene, tally, Text::ClaimsChipShort));
    if (touch.clicked) scene.wish(session::ToggleClaims{});
}

}  // namespace tcpstep::ui::panel
