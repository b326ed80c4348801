#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>

#include "app/view/ladder_frame.hpp"
#include "app/view/ladder_places.hpp"
#include "app/view/ladder_texts.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

// What is tried along an arrow, as fractions of its way.
constexpr std::initializer_list<float> kLabelPlaces = {0.5F, 0.36F, 0.64F, 0.24F, 0.76F};
constexpr std::initializer_list<float> kNumberPlaces = {0.5F, 0.4F, 0.6F};
constexpr std::initializer_list<float> kBoxPlaces = {0.5F, 0.42F, 0.58F, 0.34F, 0.66F};

class Labels {
  public:
    Labels(const LadderFrame& frame, TextPlacer& texts, Ladder& out)
        : f_(frame), in_(frame.in()), texts_(texts), places_(frame, texts, out.arrows), out_(out) {}

    void add(const std::string& ghost) {
        boxes();
        for (Arrow& arrow : out_.arrows) {
            const Segment* segment = in_.timeline.segment(arrow.segment);
            if (arrow.flight == Flight::Ghost) {
                label(arrow, ghost, TextStyle::Small, ColourRole::TextDim);
            } else if (arrow.datagram) {
                label(arrow, datagram_words(*arrow.datagram), TextStyle::Flags,
                      colour_of(arrow.kind));
                datagram_way(arrow);
            } else if (!is_boxed(arrow) && segment != nullptr) {
                const Rect at = label(arrow, flags_words(arrow, *segment), TextStyle::Flags,
                                      colour_of(arrow.kind));
                badge(arrow, at);
                numbers(arrow, *segment);
            }
        }
        // What no box is in the way of by now.
        for (Arrow& arrow : out_.arrows) {
            const Segment* segment = in_.timeline.segment(arrow.segment);
            if (is_boxed(arrow) && segment != nullptr) boxed_numbers(arrow, *segment);
        }
    }

  private:
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
            const Point at = along(arrow, t);
            text.box.x = at.x - text.box.w / 2;
            text.box.y = at.y - text.box.h / 2;
            if (text.box.x < f_.x(Role::Client) || text.box.right() > f_.x(Role::Server)) continue;
            if (!texts_.try_at(text)) continue;
            arrow.grown = t;
            return text.box;
        }
        const Point middle = along(arrow, 0.5F);
        text.box.x = middle.x - text.box.w / 2;
        text.box.y = middle.y - text.box.h / 2;
        return texts_.at_or_below(std::move(text));
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
                if (places_.between_lifelines(text, arrow)) return;
            }
            for (const Side side : {Side::Below, Side::Above}) {
                if (places_.beside_box(text, arrow, box, side)) return;
            }
        }
    }

    // Behind the flags, on the side where the arrow falls away, else elsewhere along it.
    void badge(const Arrow& arrow, const Rect& label) {
        const float gap = 0.6F * f_.em();
        for (const std::string& words : badge_words(arrow)) {
            LadderText text = small(arrow, words, ColourRole::Attention);
            text.box.x =
                arrow.to.x > arrow.from.x ? label.right() + gap : label.x - gap - text.box.w;
            text.box.y = label.bottom() - text.box.h;
            if (places_.between_lifelines(text, arrow)) return;
            if (places_.along(text, arrow, Side::Below, kLabelPlaces)) return;
        }
    }

    // Above the arrow, at its middle or, if that is taken, elsewhere along it.
    Rect label(const Arrow& arrow, const std::string& words, TextStyle style, ColourRole role) {
        LadderText text;
        text.style = style;
        text.colour = role;
        text.text = words;
        text.segment = arrow.segment;
        text.box.w = texts_.width(style, words);
        text.box.h = texts_.height(style);
        if (places_.along(text, arrow, Side::Above, kLabelPlaces)) return text.box;
        const Point middle = along(arrow, 0.5F);
        text.box.x = middle.x - text.box.w / 2;
        text.box.y = middle.y - text.box.h;
        return texts_.at_or_below(std::move(text));
    }

    // Numbers can be left out; other arrows are not drawn across them.
    void numbers(const Arrow& arrow, const Segment& segment) {
        LadderText text = numbers_text(arrow, segment);
        places_.along_uncrossed(text, arrow, Side::Below, kNumberPlaces);
    }

    // The longest that fit between the lifelines.
    const std::string& datagram_words(const DatagramText& datagram) const {
        const auto found = std::find_if(
            datagram.words.begin(), datagram.words.end(), [&](const std::string& words) {
                return texts_.width(TextStyle::Flags, words) <= between();
            });
        return found == datagram.words.end() ? datagram.words.back() : *found;
    }

    void datagram_way(const Arrow& arrow) {
        LadderText text = small(arrow, arrow.datagram->way, ColourRole::TextDim);
        if (text.box.w > between()) return;
        places_.along_uncrossed(text, arrow, Side::Below, kNumberPlaces);
    }

    void boxed_numbers(const Arrow& arrow, const Segment& segment) {
        const auto box =
            std::find_if(out_.texts.begin(), out_.texts.end(), [&](const LadderText& text) {
                return text.segment == arrow.segment &&
                       (text.frame == Frame::Box || text.frame == Frame::FaintBox);
            });
        if (box == out_.texts.end()) return;
        const Rect around = box->box;
        LadderText text = numbers_text(arrow, segment);
        for (const Side side : {Side::Above, Side::Below}) {
            if (places_.beside_box(text, arrow, around, side)) return;
        }
    }

    // As many of them as fit.
    LadderText numbers_text(const Arrow& arrow, const Segment& segment) const {
        const SeqBase base =
            base_of(in_.timeline.at(in_.timeline.size()), segment.from, in_.raw_numbers);
        const float room = arrow.flight == Flight::Lost
                               ? std::abs(arrow.to.x - arrow.from.x) - ArrowPlaces::kCross * f_.em()
                               : f_.x(Role::Server) - f_.x(Role::Client) - 2.5F * f_.em();
        LadderText text;
        text.style = TextStyle::MonoSmall;
        text.colour = ColourRole::TextDim;
        text.segment = arrow.segment;
        for (const std::string& word : number_words(segment, base)) {
            const std::string longer = text.text.empty() ? word : text.text + "  " + word;
            if (!text.text.empty() && texts_.width(text.style, longer) > room) break;
            text.text = longer;
        }
        text.box.w = texts_.width(text.style, text.text);
        text.box.h = texts_.height(text.style);
        return text;
    }

    LadderText small(const Arrow& arrow, std::string words, ColourRole role) const {
        LadderText text;
        text.style = TextStyle::Small;
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

}  // namespace tcpstep::view
