#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/label_words.hpp"
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
        : f_(frame),
          in_(frame.in()),
          texts_(texts),
          words_(frame),
          places_(frame, texts, out.arrows),
          out_(out) {}

    void add(const std::string& ghost) {
        boxes();
        add_notes(f_, places_);
        if (!f_.thinned()) {
            const std::vector<const Arrow*> order = by_importance();
            for (const Arrow* arrow : order) add_flags(*arrow, ghost);
            for (const Arrow* arrow : order) add_numbers(*arrow);
            for (const Said& one : said_) badge(one);
        }
        add_times(f_, texts_, places_, out_);
    }

  private:
    // What an arrow's flags have become.
    struct Said {
        const Arrow* arrow;
        std::string flags;
        Rect at;  // or the box
        bool boxed = false;
        std::optional<Rect> held = {};  // "held in flight", of a box
    };

    // What is selected or has just happened finds its place before all else; a ghost, which only
    // tells what comes, after it. Flags come before numbers, and these before badges: flags are
    // hidden only where boxes, notes, other arrows and other flags leave no place along their
    // arrow.
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
                Said said{&arrow, out_.texts.back().text, box, true};
                if (next && f_.flights().live()) said.held = held_words(arrow, box);
                said_.push_back(std::move(said));
            }
        }
    }

    // In the middle of its way, or as near to it as there is room; it has come so far.
    Rect add_box(Arrow& arrow, bool next) {
        const std::vector<std::string> words = words_.flags(arrow);
        LadderText text;
        text.style = TextStyle::Flags;
        text.colour = colour_of(arrow.kind);
        text.segment = arrow.segment;
        text.frame = next ? Frame::Box : Frame::FaintBox;
        const float room = std::abs(arrow.to.x - arrow.from.x);
        for (const std::string& some : words) {
            text.text = some;
            if (texts_.width(text.style, some) <= room - 2 * f_.em()) break;
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

    void badge(const Said& said) {
        const bool again = words_.tell_again(*said.arrow, said.flags);
        for (const std::string& words : words_.badge(*said.arrow, again)) {
            LadderText text = small(*said.arrow, words, ColourRole::Attention);
            if (said.boxed ? beside_box(said, text) : behind_flags(said, text)) return;
        }
    }

    // Below what is said of the box, or of the box itself.
    bool beside_box(const Said& said, LadderText& text) {
        if (text.box.w > between()) return false;
        if (said.held) {
            text.box.x = said.at.centre().x - text.box.w / 2;
            text.box.y = said.held->bottom() + 0.1F * text.box.h;
            if (places_.here(text, *said.arrow, &said.at)) return true;
        }
        return places_.beside_box(text, *said.arrow, said.at, Side::Below) ||
               places_.beside_box(text, *said.arrow, said.at, Side::Above);
    }

    // On the side where the arrow falls away, else elsewhere along it.
    bool behind_flags(const Said& said, LadderText& text) {
        const Arrow& arrow = *said.arrow;
        const float gap = 0.6F * f_.em();
        text.box.x =
            arrow.to.x > arrow.from.x ? said.at.right() + gap : said.at.x - gap - text.box.w;
        text.box.y = said.at.bottom() - text.box.h;
        return places_.here(text, arrow) ||
               places_.along(text, arrow, Side::Below, ArrowPlaces::kLabelPlaces);
    }

    void add_flags(const Arrow& arrow, const std::string& ghost) {
        if (arrow.flight == Flight::Ghost) {
            label(arrow, {ghost}, TextStyle::Small, ColourRole::TextDim);
        } else if (arrow.datagram) {
            label(arrow, arrow.datagram->words, TextStyle::Flags, colour_of(arrow.kind));
        } else if (in_.timeline.segment(arrow.segment) != nullptr && !is_boxed(arrow)) {
            const auto text =
                label(arrow, words_.flags(arrow), TextStyle::Flags, colour_of(arrow.kind));
            if (text) said_.push_back({&arrow, text->text, text->box});
        }
    }

    void add_numbers(const Arrow& arrow) {
        if (arrow.datagram) {
            LadderText text = small(arrow, arrow.datagram->way, ColourRole::TextDim);
            places_.along(text, arrow, Side::Below, kNumberPlaces);
        } else if (in_.timeline.segment(arrow.segment) != nullptr &&
                   arrow.flight != Flight::Ghost) {
            numbers(arrow);
        }
    }

    // Above the arrow, at its middle or, if that is taken, elsewhere along it; else below it; else
    // the next shorter words there, and the last two in small letters; else not at all. But where a
    // part of the arrow is out of sight all that is tried in the other part first.
    std::optional<LadderText> label(const Arrow& arrow, const std::vector<std::string>& words,
                                    TextStyle style, ColourRole role) {
        // Where rows are close to each other most words have no place: that is soon known.
        if (!places_.any_along(smaller(styled(arrow, words.back(), style, role)), arrow))
            return std::nullopt;
        for (const Sight sight : sights(arrow)) {
            for (const std::string& some : words) {
                LadderText text = styled(arrow, some, style, role);
                if (beside(arrow, text, sight)) return text;
            }
            for (std::size_t i = words.size() - std::min<std::size_t>(words.size(), 2);
                 i < words.size(); ++i) {
                LadderText text = smaller(styled(arrow, words[i], style, role));
                if (beside(arrow, text, sight)) return text;
            }
        }
        return std::nullopt;
    }

    static LadderText smaller(LadderText text) {
        text.squeeze = TextPlacer::kLeastSqueeze;
        text.box.w *= text.squeeze;
        text.box.h *= text.squeeze;
        return text;
    }

    bool beside(const Arrow& arrow, LadderText& text, Sight sight) {
        return places_.along(text, arrow, Side::Above, ArrowPlaces::kLabelPlaces, sight) ||
               places_.along(text, arrow, Side::Below, ArrowPlaces::kLabelPlaces, sight);
    }

    std::vector<Sight> sights(const Arrow& arrow) const {
        const auto [top, bottom] = std::minmax(arrow.from.y, arrow.to.y);
        const float words = 3 * f_.em();
        if (top >= words && bottom + words <= in_.height) return {Sight::Anywhere};
        return {Sight::InSight, Sight::Anywhere};
    }

    // With fewer of them where there is less room. The last one may stand anywhere along the arrow,
    // and in the place of "ACK", which the arrow's line tells as well; or it is left out.
    void numbers(const Arrow& arrow) {
        const auto said = std::find_if(said_.begin(), said_.end(),
                                       [&](const Said& one) { return one.arrow == &arrow; });
        const bool has_flags = said != said_.end();
        const bool length_is_said = has_flags && words_.tell_length(arrow, said->flags);
        const float room = std::abs(arrow.to.x - arrow.from.x) -
                           (arrow.flight == Flight::Lost ? ArrowPlaces::kCross : 0) * f_.em();
        const std::vector<std::string> lines = words_.numbers(arrow, length_is_said, room);
        for (const std::string& line : lines) {
            if (!has_flags) break;
            LadderText text = styled(arrow, line, TextStyle::MonoSmall, ColourRole::TextDim);
            if (has_flags && said->boxed) {
                if (places_.beside_box(text, arrow, said->at, Side::Above)) return;
                if (places_.beside_box(text, arrow, said->at, Side::Below)) return;
            } else {
                for (const Sight sight : sights(arrow))
                    if (places_.along(text, arrow, Side::Below, kNumberPlaces, sight)) return;
            }
        }
        LadderText last = styled(arrow, lines.back(), TextStyle::MonoSmall, ColourRole::TextDim);
        if (places_.along(last, arrow, Side::Below, ArrowPlaces::kLabelPlaces) ||
            places_.along(last, arrow, Side::Above, ArrowPlaces::kLabelPlaces) || !has_flags ||
            said->boxed || arrow.kind != SegmentKind::Ack) {
            return;
        }
        texts_.replace(arrow.segment, TextStyle::Flags,
                       [&] { return number_for_flags(arrow, lines.back(), *said); });
    }

    // It covers all of the place that the flags had, so that what found none because of them still
    // has none.
    bool number_for_flags(const Arrow& arrow, const std::string& number, Said& said) {
        for (const float squeeze : {1.0F, TextPlacer::kLeastSqueeze}) {
            LadderText text = styled(arrow, number, TextStyle::Flags, colour_of(arrow.kind));
            text.squeeze = squeeze;
            text.box.w = std::max(text.box.w * squeeze, said.at.w);
            text.box.h = said.at.h;
            text.box.y = said.at.y;
            for (const float part : {0.5F, 0.0F, 1.0F}) {
                text.box.x = said.at.x + part * (said.at.w - text.box.w);
                if (!places_.here(text, arrow)) continue;
                said = {&arrow, text.text, text.box};
                return true;
            }
        }
        return false;
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
    LabelWords words_;
    ArrowPlaces places_;
    Ladder& out_;
    std::vector<Said> said_;
};

}  // namespace

void add_labels(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder,
                const std::string& ghost) {
    Labels(frame, texts, ladder).add(ghost);
}

}  // namespace tcpstep::view::ladder
