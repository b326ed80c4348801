#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/places.hpp"
#include "app/view/ladder/texts.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// What is tried along an arrow, as fractions of its way.
constexpr std::initializer_list<float> kNumberPlaces = {0.5F, 0.4F, 0.6F};
constexpr std::initializer_list<float> kBoxPlaces = {0.5F,  0.42F, 0.58F, 0.34F,
                                                     0.66F, 0.26F, 0.74F};

class Labels {
  public:
    Labels(const LadderFrame& frame, TextPlacer& texts, Ladder& out)
        : f_(frame), in_(frame.in()), texts_(texts), places_(frame, texts, out.arrows), out_(out) {}

    void add(const std::string& ghost) {
        boxes();
        add_notes(f_, places_);
        if (!f_.thinned()) {
            const std::vector<const Arrow*> order = by_importance();
            std::vector<std::pair<const Arrow*, Rect>> flags;
            for (const Arrow* arrow : order)
                if (const auto at = add_flags(*arrow, ghost)) flags.emplace_back(arrow, *at);
            for (const auto& [arrow, at] : flags) badge(*arrow, at);
            for (const Arrow* arrow : order) add_numbers(*arrow);
        }
        add_times(f_, texts_, places_, out_);
    }

  private:
    // What is selected or has just happened finds its place before all else; a ghost, which only
    // tells what comes, after it. Flags come before badges and numbers: they are hidden only where
    // boxes, notes, other arrows and other flags leave no place along their arrow.
    std::vector<const Arrow*> by_importance() const {
        std::vector<const Arrow*> order;
        for (const Arrow& arrow : out_.arrows) order.push_back(&arrow);
        const auto rank = [](const Arrow* arrow) {
            if (arrow->selected) return 0;
            if (arrow->now) return 1;
            return arrow->flight == Flight::Ghost ? 3 : 2;
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](const Arrow* a, const Arrow* b) { return rank(a) < rank(b); });
        return order;
    }

    bool is_boxed(const Arrow& arrow) const {
        const LadderFlight* flight = flight_of(arrow);
        return flight != nullptr && flight->boxed;
    }
    const LadderFlight* flight_of(const Arrow& arrow) const {
        return arrow.flight == Flight::InFlight ? f_.flights().find(arrow.segment) : nullptr;
    }

    // The boxes come first, the next one's before all others: they must be seen.
    void boxes() {
        for (const bool next : {true, false}) {
            for (Arrow& arrow : out_.arrows) {
                const LadderFlight* flight = flight_of(arrow);
                if (flight == nullptr || !flight->boxed || flight->next != next) continue;
                const Rect box = add_box(arrow, next);
                if (box.w <= 0) continue;
                if (next) out_.held = Ladder::Held{box, arrow.segment};
                std::optional<Rect> words;
                if (next && f_.flights().live()) words = held_words(arrow, box);
                boxed_badge(arrow, box, words);
            }
        }
    }

    // In the middle of its way, or as near to it as there is room; it has come so far.
    Rect add_box(Arrow& arrow, bool next) {
        const Segment& segment = *in_.timeline.segment(arrow.segment);
        LadderText text;
        text.style = TextStyle::Flags;
        text.colour = colour_of(arrow.kind);
        text.segment = arrow.segment;
        text.frame = next ? Frame::Box : Frame::FaintBox;
        text.text = flags_words(arrow, segment);
        const float room = std::abs(arrow.to.x - arrow.from.x);
        if (texts_.width(text.style, text.text) > room - 2 * f_.em()) {
            text.text = to_label(segment.flags);
        }
        if (!texts_.fit(text, room)) return {};
        for (float t : kBoxPlaces) {
            centre(text, along(arrow, t));
            if (!places_.on_line(text, arrow)) continue;
            arrow.grown = t;
            return text.box;
        }
        // It must be seen: with a ground of its own it may lie over another's line.
        centre(text, along(arrow, 0.5F));
        return texts_.at_or_below(std::move(text));
    }

    static void centre(LadderText& text, Point at) {
        text.box.x = at.x - text.box.w / 2;
        text.box.y = at.y - text.box.h / 2;
    }

    std::string flags_words(const Arrow& arrow, const Segment& segment) const {
        const std::string flags = flags_label(segment);
        const Event& sent = in_.timeline.event(*in_.timeline.event_of_segment(arrow.segment));
        if (std::holds_alternative<SegmentInjected>(sent.fact)) {
            return say(Text::LadderInjected, flags);
        }
        if (std::holds_alternative<SegmentDuplicated>(sent.fact)) {
            return say(Text::LadderCopy, flags);
        }
        return arrow.again ? say(Text::LadderAgain, flags) : flags;
    }

    // Where they are; nothing if there is no room.
    std::optional<Rect> held_words(const Arrow& arrow, const Rect& box) {
        for (const Text words : {Text::LadderHeld, Text::LadderHeldShort}) {
            LadderText text = small(arrow, say(words), ColourRole::Attention);
            if (texts_.width(text.style, text.text) > between()) continue;
            for (const Side side : {Side::Below, Side::Above}) {
                if (places_.beside_box(text, arrow, box, side)) return text.box;
            }
        }
        return std::nullopt;
    }

    // "sent again 3 times": in copies that the gate absorbed.
    std::vector<std::string> badge_words(const Arrow& arrow) const {
        const std::size_t count = in_.index.absorbed(arrow.segment, f_.position());
        if (count == 0) return {};
        return {say(counted(count, Text::LadderSentAgainOnce, Text::LadderSentAgain), count),
                say(Text::LadderSentAgainShort, count)};
    }

    // Below what is said of the box, or of the box itself.
    void boxed_badge(const Arrow& arrow, const Rect& box, const std::optional<Rect>& said) {
        for (const std::string& words : badge_words(arrow)) {
            LadderText text = small(arrow, words, ColourRole::Attention);
            if (texts_.width(text.style, text.text) > between()) continue;
            if (said) {
                text.box.x = box.centre().x - text.box.w / 2;
                text.box.y = said->bottom() + 0.1F * text.box.h;
                if (places_.here(text)) return;
            }
            for (const Side side : {Side::Below, Side::Above}) {
                if (places_.beside_box(text, arrow, box, side)) return;
            }
        }
    }

    std::optional<Rect> add_flags(const Arrow& arrow, const std::string& ghost) {
        const Segment* segment = in_.timeline.segment(arrow.segment);
        if (arrow.flight == Flight::Ghost) {
            label(arrow, {ghost}, TextStyle::Small, ColourRole::TextDim);
        } else if (arrow.datagram) {
            label(arrow, arrow.datagram->words, TextStyle::Flags, colour_of(arrow.kind));
        } else if (segment != nullptr && !is_boxed(arrow)) {
            return label(arrow, flags_texts(arrow, *segment), TextStyle::Flags,
                         colour_of(arrow.kind));
        }
        return std::nullopt;
    }

    void add_numbers(const Arrow& arrow) {
        const Segment* segment = in_.timeline.segment(arrow.segment);
        if (arrow.datagram) {
            LadderText text = small(arrow, arrow.datagram->way, ColourRole::TextDim);
            places_.along(text, arrow, Side::Below, kNumberPlaces);
        } else if (segment != nullptr && is_boxed(arrow)) {
            boxed_numbers(arrow, *segment);
        } else if (segment != nullptr && arrow.flight != Flight::Ghost) {
            numbers(arrow, *segment);
        }
    }

    // The longest first.
    std::vector<std::string> flags_texts(const Arrow& arrow, const Segment& segment) const {
        return {flags_words(arrow, segment), flags_label(segment), to_label(segment.flags)};
    }

    // Behind the flags, on the side where the arrow falls away, else elsewhere along it.
    void badge(const Arrow& arrow, const Rect& label) {
        const float gap = 0.6F * f_.em();
        for (const std::string& words : badge_words(arrow)) {
            LadderText text = small(arrow, words, ColourRole::Attention);
            text.box.x =
                arrow.to.x > arrow.from.x ? label.right() + gap : label.x - gap - text.box.w;
            text.box.y = label.bottom() - text.box.h;
            if (places_.here(text)) return;
            if (places_.along(text, arrow, Side::Below, ArrowPlaces::kLabelPlaces)) return;
        }
    }

    // Above the arrow, at its middle or, if that is taken, elsewhere along it; else below it; else
    // the next shorter words there, and the last in small letters; else not at all. Where it is.
    std::optional<Rect> label(const Arrow& arrow, const std::vector<std::string>& words,
                              TextStyle style, ColourRole role) {
        LadderText text;
        for (const std::string& some : words) {
            text = styled(arrow, some, style, role);
            if (beside(arrow, text)) return text.box;
        }
        text.squeeze = TextPlacer::kLeastSqueeze;
        text.box.w *= text.squeeze;
        text.box.h *= text.squeeze;
        return beside(arrow, text) ? std::optional(text.box) : std::nullopt;
    }

    bool beside(const Arrow& arrow, LadderText& text) {
        return places_.along(text, arrow, Side::Above, ArrowPlaces::kLabelPlaces) ||
               places_.along(text, arrow, Side::Below, ArrowPlaces::kLabelPlaces);
    }

    // With fewer of them where there is less room, or none.
    void numbers(const Arrow& arrow, const Segment& segment) {
        for (LadderText& text : numbers_texts(arrow, segment)) {
            if (places_.along(text, arrow, Side::Below, kNumberPlaces)) return;
        }
    }

    void boxed_numbers(const Arrow& arrow, const Segment& segment) {
        const auto box =
            std::find_if(out_.texts.begin(), out_.texts.end(), [&](const LadderText& text) {
                return text.segment == arrow.segment &&
                       (text.frame == Frame::Box || text.frame == Frame::FaintBox);
            });
        if (box == out_.texts.end()) return;
        const Rect around = box->box;
        for (LadderText& text : numbers_texts(arrow, segment)) {
            for (const Side side : {Side::Above, Side::Below}) {
                if (places_.beside_box(text, arrow, around, side)) return;
            }
        }
    }

    // As many of them as fit; then half of these; then one.
    std::vector<LadderText> numbers_texts(const Arrow& arrow, const Segment& segment) const {
        const SeqBase base =
            base_of(in_.timeline.at(in_.timeline.size()), segment.from, in_.raw_numbers);
        const float room = std::abs(arrow.to.x - arrow.from.x) -
                           (arrow.flight == Flight::Lost ? ArrowPlaces::kCross : 0) * f_.em();
        std::vector<std::string> lines;
        for (const std::string& word : number_words(segment, base)) {
            std::string longer = lines.empty() ? word : lines.back() + "  " + word;
            if (!lines.empty() && texts_.width(TextStyle::MonoSmall, longer) > room) break;
            lines.push_back(std::move(longer));
        }
        std::vector<LadderText> texts;
        for (std::size_t words = lines.size(); words > 0; words /= 2) {
            texts.push_back(
                styled(arrow, lines[words - 1], TextStyle::MonoSmall, ColourRole::TextDim));
        }
        return texts;
    }

    LadderText small(const Arrow& arrow, std::string words, ColourRole role) const {
        return styled(arrow, std::move(words), TextStyle::Small, role);
    }

    LadderText styled(const Arrow& arrow, std::string words, TextStyle style,
                      ColourRole role) const {
        LadderText text;
        text.style = style;
        text.colour = role;
        text.segment = arrow.segment;
        text.box.w = texts_.width(text.style, words);
        text.box.h = texts_.height(text.style);
        text.text = std::move(words);
        return text;
    }

    float between() const { return std::abs(f_.inner(Role::Server) - f_.inner(Role::Client)); }

    const LadderFrame& f_;
    const LadderInput& in_;
    TextPlacer& texts_;
    ArrowPlaces places_;
    Ladder& out_;
};

}  // namespace

void add_labels(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder,
                const std::string& ghost) {
    Labels(frame, texts, ladder).add(ghost);
}

}  // namespace tcpstep::view::ladder
