#pragma once

#include <string>
#include <string_view>

#include "app/strings/strings.hpp"
#include "model/tcp_state.hpp"
#include "model/tracked_change.hpp"

namespace tcpstep::view {

/// "assumed: ...", why a state is not known for certain; not for Doubt::None.
strings::Text doubt_text(model::Doubt doubt);

/// The sign behind the name of a state that is only assumed: "?" where nothing follows, "~" where
/// it began before, "*" where it is not on the wire, "+" where the order is a guess; else "".
std::string_view doubt_mark(model::Doubt doubt);

/// "CLOSED?": a state that was entered, wherever it is listed: beside the lifelines, in the lists
/// and in sentences. In the figure the state that an end is in has the mark, and the edge tells the
/// doubt.
std::string state_text(model::State state, model::Doubt doubt);

}  // namespace tcpstep::view
