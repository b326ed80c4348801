#pragma once

#include <array>
#include <map>
#include <tuple>
#include <vector>

#include "app/exports/html/film.hpp"
#include "app/exports/html/played.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::exports::html {

/// The end of a ladder, frame after frame. What stands far above what happens does not change any
/// more: it need not be laid out again for every frame, which would cost the square of their
/// number.
class LadderWindow {
  public:
    /// `input` looks at the whole picture: its scroll is the picture's top, its height all of it.
    LadderWindow(const Played& played, const view::ladder::LadderInput& input)
        : played_(played), whole_(input) {}

    /// Lays out that frame in the picture's coordinates, but for what ends above line(); frames
    /// come in ascending order.
    view::ladder::Ladder lay_out(std::size_t frame);

    /// What ends above it is as it was in the frame before, in this frame and all that follow.
    float line() const { return line_; }

  private:
    double changed_from(std::size_t frame) const;
    double oldest_in_flight(std::size_t position) const;
    void move_to(std::size_t frame);
    void mend_tops(view::ladder::Ladder& ladder);

    const Played& played_;
    view::ladder::LadderInput whole_;
    double top_ = 0;  // of the window, below the picture's
    float line_ = 0;
    // Where what began above the window began, as it was seen before.
    std::map<std::tuple<model::Role, std::optional<std::size_t>, model::State>, float> states_;
    std::map<std::tuple<model::Role, model::CallId>, float> calls_;
};

/// Makes it so high without a change of its scale of time: a window draws as much time as fits.
void set_height(view::ladder::LadderInput& input, float height);

/// How far each piece reaches that paint_ladder() paints, by layer, in its order.
std::array<std::vector<Reach>, 5> reaches(const view::ladder::Ladder& ladder);

}  // namespace tcpstep::exports::html
