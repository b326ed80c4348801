#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/held_boxes.hpp"
#include "app/view/ladder/label_words.hpp"
#include "app/view/ladder/places.hpp"
#include "app/view/ladder/texts.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// What is tried along an arrow, as fractions of its way.
constexpr std::initializer_list<float> kNumberPlaces = {0.5F, 0.4F, 0.6F};

constexpr float kFade = 1.2F;  // em: what is scrolled away fades into the top
constexpr float kTall = 8;     // em: only of such an arrow can a part be looked at

class Labels {
  public:
    Labels(const LadderFrame& frame, TextPlacer& texts, Ladder& out)
        : f_(frame),
          in_(frame.in()),
          texts_(texts),
          words_(frame),
          places_(frame, texts, out.arrows),
          boxes_(frame, texts, words_, places_, out),
          out_(out) {}

    void add(const std::string& ghost) {
        said_at_.assign(out_.arrows.size(), kNotSaid);
        for (Said& one : boxes_.add()) say(std::move(one));
        add_notes(f_, places_);
        if (!f_.thinned()) {
            const std::vector<const Arrow*> order = by_importance();
            for (const Arrow* arrow : order) add_flags(*arrow, ghost);
            for (const Arrow* arrow : order) add_numbers(*arrow);
            for (const Said& one : said_) badge(one);
            add_held_back(f_, texts_, places_);
        }
        if (!f_.thinned()) keep_in_sight();
        add_times(f_, texts_, places_, out_);
    }

  private:
    std::size_t index_of(const Arrow& arrow) const {
        return static_cast<std::size_t>(&arrow - out_.arrows.data());
    }
    void say(Said said) {
        said_at_[index_of(*said.arrow)] = said_.size();
        said_.push_back(std::move(said));
    }
    // nullptr if nothing is said of it.
    Said* said_of(const Arrow& arrow) {
        const std::size_t at = said_at_[index_of(arrow)];
        return at == kNotSaid ? nullptr : &said_[at];
    }

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

    void add_flags(const Arrow& arrow, const std::string& ghost) {
        if (arrow.flight == Flight::Ghost) {
            title(arrow, {ghost}, TextStyle::Small, ColourRole::TextDim);
        } else if (arrow.datagram) {
            title(arrow, arrow.datagram->words, TextStyle::Flags, colour_of(arrow.kind));
        } else if (in_.timeline.segment(arrow.segment) != nullptr && !boxes_.boxed(arrow)) {
            const auto text =
                title(arrow, words_.flags(arrow), TextStyle::Flags, colour_of(arrow.kind));
            if (text) say({&arrow, text->text, text->box});
        }
    }

    // Above the arrow, at its middle or, if that is taken, elsewhere along it; else the next
    // shorter words there, of which the last two may be in small letters; else not at all. Never
    // below, where its numbers are, or the flags of the next arrow would be.
    std::optional<LadderText> title(const Arrow& arrow, const std::vector<std::string>& words,
                                    TextStyle style, ColourRole role) {
        // Where rows are close to each other most words have no place: that is soon known.
        const auto sized = [&](const std::string& some) {
            return texts_.sized(some, style, role, arrow.segment);
        };
        if (!places_.any_along(smaller(sized(words.back())), arrow, Side::Above))
            return std::nullopt;
        const auto fits = [&](LadderText& text) {
            return places_.along(text, arrow, Side::Above, ArrowPlaces::kLabelPlaces);
        };
        for (std::size_t i = 0; i < words.size(); ++i) {
            LadderText text = sized(words[i]);
            if (fits(text)) return text;
            if (i + 2 < words.size()) continue;
            text = smaller(sized(words[i]));
            if (fits(text)) return text;
        }
        return std::nullopt;
    }

    static LadderText smaller(LadderText text) {
        text.squeeze = TextPlacer::kLeastSqueeze;
        text.box.w *= text.squeeze;
        text.box.h *= text.squeeze;
        return text;
    }

    void add_numbers(const Arrow& arrow) {
        if (arrow.datagram) {
            details(arrow, arrow.datagram->numbers, TextStyle::Small, ColourRole::TextDim);
        } else if (in_.timeline.segment(arrow.segment) != nullptr &&
                   arrow.flight != Flight::Ghost) {
            numbers(arrow);
        }
    }

    // Below the arrow, with fewer of them where there is less room, and the last one anywhere along
    // it. Where the flags have found no place above, they are the first of these words.
    void numbers(const Arrow& arrow) {
        Said* said = said_of(arrow);
        const float room = std::abs(arrow.to.x - arrow.from.x) -
                           (arrow.flight == Flight::Lost ? ArrowPlaces::kCross : 0) * f_.em();
        if (said == nullptr) {
            details(arrow, words_.numbers_with_flags(arrow, room), TextStyle::MonoSmall,
                    colour_of(arrow.kind));
            return;
        }
        if (said->boxed) {
            if (!said->below) boxes_.numbers(*said);
            return;
        }
        const std::vector<std::string> lines =
            words_.numbers(arrow, words_.tell_length(arrow, said->flags), room);
        const auto told = details(arrow, lines, TextStyle::MonoSmall, ColourRole::TextDim);
        if (!told && arrow.kind == SegmentKind::Ack) {
            texts_.replace(arrow.segment, TextStyle::Flags, said->at,
                           [&] { return number_for_flags(arrow, lines.back(), *said); });
        }
        const std::string longer = words_.flags_with_sack(arrow);
        if (told && !longer.empty() && told->find("SACK") == std::string::npos &&
            !is_wanted(said->at)) {
            texts_.replace(arrow.segment, TextStyle::Flags, said->at,
                           [&] { return longer_flags(arrow, longer, *said); });
        }
    }

    // The flags of another arrow may have found no place because of what stands there.
    bool is_wanted(const Rect& place) const {
        const float near = kTall * f_.em();
        return std::any_of(out_.arrows.begin(), out_.arrows.end(), [&](const Arrow& arrow) {
            const auto [top, bottom] = std::minmax(arrow.from.y, arrow.to.y);
            return bottom > place.y - near && top < place.bottom() + near &&
                   said_at_[index_of(arrow)] == kNotSaid;
        });
    }

    // What the numbers have had no room for.
    bool longer_flags(const Arrow& arrow, const std::string& words, Said& said) {
        LadderText text =
            texts_.sized(words, TextStyle::Flags, colour_of(arrow.kind), arrow.segment);
        if (!places_.along(text, arrow, Side::Above, ArrowPlaces::kLabelPlaces)) return false;
        said = {&arrow, text.text, text.box};
        return true;
    }

    // The line that has found a place.
    std::optional<std::string> details(const Arrow& arrow, const std::vector<std::string>& lines,
                                       TextStyle style, ColourRole role) {
        for (const std::string& line : lines) {
            LadderText text = texts_.sized(line, style, role, arrow.segment);
            const bool last = &line == &lines.back();
            if (places_.along(text, arrow, Side::Below,
                              last ? ArrowPlaces::kLabelPlaces : kNumberPlaces))
                return line;
        }
        return std::nullopt;
    }

    // "ack 6" in the place of "ACK", which the arrow's line tells as well. It covers all of the
    // place that the flags had, so that what found none because of them still has none.
    bool number_for_flags(const Arrow& arrow, const std::string& number, Said& said) {
        for (const float squeeze : {1.0F, TextPlacer::kLeastSqueeze}) {
            LadderText text =
                texts_.sized(number, TextStyle::Flags, colour_of(arrow.kind), arrow.segment);
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

    void badge(const Said& said) {
        const bool again = words_.tell_again(*said.arrow, said.flags);
        const std::vector<std::string> words = words_.badge(*said.arrow, again);
        if (said.boxed) return boxes_.badge(said, words);
        for (const std::string& some : words) {
            LadderText text =
                texts_.sized(some, TextStyle::Small, ColourRole::Attention, said.arrow->segment);
            if (behind_flags(said, text)) return;
        }
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

    // The words of a tall arrow of which a part is scrolled away glide along it at the edge of what
    // is visible, as long as they have a place there.
    void keep_in_sight() {
        const float top = in_.scroll > 0 ? kFade * f_.em() : 0;
        for (const Arrow& arrow : out_.arrows) {
            if (arrow.segment == 0 || std::abs(arrow.to.y - arrow.from.y) < kTall * f_.em())
                continue;
            glide(arrow, TextStyle::Flags, Side::Above, top);
            glide(arrow, TextStyle::MonoSmall, Side::Below, top);
        }
    }

    void glide(const Arrow& arrow, TextStyle style, Side side, float top) {
        const auto found =
            std::find_if(out_.texts.begin(), out_.texts.end(), [&](const LadderText& text) {
                return text.segment == arrow.segment && text.style == style &&
                       text.frame == Frame::None;
            });
        if (found == out_.texts.end()) return;
        LadderText text = *found;
        const float least = std::min(top, in_.height - text.box.h);
        const float at = std::clamp(text.box.y, least, in_.height - text.box.h);
        if (at == text.box.y) return;
        LadderText at_rest = *found;
        if (texts_.replace(arrow.segment, style, found->box,
                           [&] { return places_.at_height(text, arrow, side, at); }))
            out_.at_rest.push_back(std::move(at_rest));
    }

    const LadderFrame& f_;
    const LadderInput& in_;
    TextPlacer& texts_;
    LabelWords words_;
    ArrowPlaces places_;
    HeldBoxes boxes_;
    Ladder& out_;
    static constexpr std::size_t kNotSaid = static_cast<std::size_t>(-1);
    std::vector<Said> said_;
    std::vector<std::size_t> said_at_;  // of each arrow, where in said_
};

}  // namespace

void add_labels(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder,
                const std::string& ghost) {
    Labels(frame, texts, ladder).add(ghost);
}

}  // namespace tcpstep::view::ladder
