#pragma once

#include <optional>

#include "app/view/geometry.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui::window {

/// Where the parts of the window are, in pixels.
struct Arrangement {
    float em = 18;         ///< the largest body text anywhere
    float chrome_em = 18;  ///< body text in the top bar and the transport
    // Body text in a panel: body_text(), but only as large as the panel can still show all it is
    // for.
    float side_em = 18, ladder_em = 18, events_em = 18, happened_em = 18, bytes_em = 18;
    view::Rect top_bar, notices, client, ladder, server, happened, bytes, transport;
    /// The bottom has room for one panel only: the other one is empty, and the buttons of the bytes
    /// stand in what happened.
    bool alone = false;
    view::Rect events;  ///< below the ladder; empty unless asked for
    /// Large letters, or a small window: server below client, and the rest right of both.
    bool stacked = false;
    /// Of that end there are only its name and its state in words, so that the other one's figure
    /// can be read.
    std::optional<model::Role> folded;

    /// The smallest body text of the panels, of what was asked for: 1 if all of it is that large.
    float smallest(float asked) const;
};

/// What has been opened besides what is always there.
struct Wanted {
    bool more = false;       ///< what happened, with the rules behind it
    bool inspector = false;  ///< in the place of the bytes, over nearly the whole width
    bool beside = false;     ///< a question or the claims are wanted: they need a column
    bool events = false;     ///< below the ladder
    bool hand = false;       ///< buttons at both ends, of a free lab
    bool claims = false;     ///< of the lesson: there are many
    bool question = false;   ///< stands where the claims would
    bool figures = true;     ///< of states: without TCP there are none
    bool nothing = false;    ///< to inspect yet
    bool server = false;     ///< its figure is wanted where there is room for one only
    /// Of more and of the claims: with that height, in pixels, they need no scrolling; 0: not known
    float foot = 0;

    bool column() const { return more || beside; }
};

/// Body text in pixels: 18 in a window of 1600 x 900 at 100 %, and in proportion in others, so that
/// a screen looks the same on any projector.
float body_text(float width, float height, unsigned text_percent);

/// Divides a window among its parts; `notices` is the number of strips below the top bar. With an
/// inspector what happened is a strip above it, or a column beside it where a column is needed.
Arrangement arrange(float width, float height, unsigned text_percent, unsigned notices,
                    Wanted wanted = {});

}  // namespace tcpstep::ui::window
