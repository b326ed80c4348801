#pragma once

#include "app/view/geometry.hpp"

namespace tcpstep::ui {

/// Where the parts of the window are, in pixels.
struct Arrangement {
    float em = 18;         ///< the largest body text anywhere
    float chrome_em = 18;  ///< body text in the top bar and the transport
    // Body text in a panel: body_text(), but only as large as the panel can still show all it is
    // for.
    float side_em = 18, ladder_em = 18, events_em = 18, happened_em = 18, bytes_em = 18;
    view::Rect top_bar, notices, client, ladder, server, happened, bytes, transport;
    view::Rect events;  ///< below the ladder; empty unless asked for
};

/// Body text in pixels: 18 in a window of 1600 x 900 at 100 %, and in proportion in others, so that
/// a screen looks the same on any projector.
float body_text(float width, float height, unsigned text_percent);

/// Divides a window among its parts; `notices` is the number of strips below the top bar;
/// with `events` the list of events takes the lower part of the ladder's place.
Arrangement arrange(float width, float height, unsigned text_percent, unsigned notices,
                    bool events = false);

}  // namespace tcpstep::ui
