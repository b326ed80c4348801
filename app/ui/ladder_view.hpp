#pragma once

#include <optional>

#include "app/session/session.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::ui {

/// What is done to the ladder in a frame, by mouse or by key.
struct LadderGesture {
    float pan = 0;  ///< pixels that its content moves up
    int zoom = 0;   ///< steps
    /// What is seen there, in pixels below the top, stays there. If nothing is pointed at, the line
    /// of now does where it is in sight, else the middle.
    std::optional<float> zoom_at = {};
    bool follow = false;  ///< FollowLadder
    bool reset = false;   ///< follow, at the normal size
};

/// What of the ladder is in sight: where it is scrolled to, and how large its axis is drawn.
class LadderView {
  public:
    /// Takes in what the timeline has become; of another one all is as it is at first.
    void catch_up(const session::Session& session);
    /// Sets the rows, the times, the axis, zoom and scroll of `input`, whose position, size, em and
    /// measure are set already. `more`: further events may come.
    void settle(view::ladder::LadderInput& input, const LadderGesture& gesture, bool more);

    /// The command is about the ladder, which heeds it in its next frame.
    bool take(const session::Command& command);
    /// What keys have asked for since.
    LadderGesture asked_by_key(float em);

    const view::ladder::LadderRows& rows() const { return rows_; }
    /// The current event is kept in sight, and before it the held segment that comes next.
    bool follows() const { return follows_; }
    bool has_normal_size() const { return zoom_ == 1; }
    /// Of all that there is to be seen.
    double content() const { return content_; }

  private:
    static double followed(view::ladder::LadderInput input, double most);
    static double zoomed(const view::ladder::LadderInput& input, std::optional<float> pointed,
                         double before, float old);

    view::ladder::LadderRows rows_;
    view::ladder::LadderTimes times_;
    unsigned of_ = 0;  // Session::timeline_number()
    view::TimeAxis axis_ = view::TimeAxis::ByEvent;
    bool follows_ = true;
    float zoom_ = 1;
    double scroll_ = 0;  // pixels at an em of em_
    float em_ = 0;
    double content_ = 0;
    LadderGesture asked_;  // by key; pan in lines
};

}  // namespace tcpstep::ui
