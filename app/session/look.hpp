#pragma once

#include <functional>
#include <string>

#include "app/session/playback.hpp"
#include "app/view/palette.hpp"
#include "app/view/time_axis.hpp"

namespace tcpstep::session {

/// How the user wants to see things.
struct Look {
    view::Theme theme = view::Theme::Dark;
    unsigned text_percent = 100;  ///< 75 to 300
    bool raw_numbers = false;
    view::TimeAxis time_axis = view::TimeAxis::ByEvent;
    bool help = false;
    bool glossary = false;
    bool claims = false;  ///< in the place of the bytes
    bool events = false;  ///< below the ladder
    bool connections = false;
    bool more = false;       ///< the rule and the numbers behind what just happened
    bool inspector = false;  ///< the bytes as the RFC's rows and in hex, over the whole width
    bool full_screen = false;
    bool blank = false;   ///< nothing is seen
    bool chinese = true;  ///< there are letters for it
};

/// A text for the user that is put into words when it is shown: the language may have changed.
using Words = std::function<std::string()>;

/// A short word about what a key did, shown until a moment.
struct Toast {
    std::string text;
    Moment until;
    bool of_text_size = false;  ///< the window adds what of it found room
};

}  // namespace tcpstep::session
