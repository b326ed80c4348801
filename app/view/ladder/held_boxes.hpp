#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/view/ladder/label_words.hpp"
#include "app/view/ladder/layout.hpp"
#include "app/view/ladder/places.hpp"

namespace tcpstep::view::ladder {

/// A segment's flags as they stand on the ladder: above its arrow, or in a box on its way.
struct Said {
    const Arrow* arrow;
    std::string flags;
    Rect at;
    bool boxed = false;
    std::optional<Rect> below = {};  ///< the lowest of what stands below the box
};

/// The boxes of what is held, with what is said of them: numbers below, like those of an arrow,
/// and below these of the next one that the kernel really waits.
class HeldBoxes {
  public:
    HeldBoxes(const LadderFrame& frame, TextPlacer& texts, const LabelWords& words,
              ArrowPlaces& places, Ladder& out)
        : f_(frame), texts_(texts), words_(words), places_(places), out_(out) {}

    /// The next one's before all others; all of them, for they must be seen. Sets Ladder::held.
    std::vector<Said> add();
    bool numbers(Said& said);
    void badge(const Said& said, const std::vector<std::string>& words);

    const LadderFlight* boxed(const Arrow& arrow) const;

  private:
    Rect box(Arrow& arrow, bool next);
    float middle_in_sight(const Arrow& arrow, float height) const;
    void say_held(Said& said);
    bool below(LadderText& text, Said& said);
    bool fits(const LadderText& text) const;

    const LadderFrame& f_;
    TextPlacer& texts_;
    const LabelWords& words_;
    ArrowPlaces& places_;
    Ladder& out_;
};

}  // namespace tcpstep::view::ladder
