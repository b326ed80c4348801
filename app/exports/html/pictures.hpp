#pragma once

#include <nlohmann/json.hpp>

#include "app/exports/html/film.hpp"
#include "app/exports/html/played.hpp"

namespace tcpstep::exports::html {

// The pictures of a page that plays a trace, each laid out by app/view for every frame, painted as
// in the window, in colours that are variables.

/// The ladder as a film, `width` wide, in the language of this thread: "size", "layers", and for
/// each frame in "now" how far down one looks.
nlohmann::ordered_json ladder_film(const Played& played, PieceStore& store, float width);

/// One end's figure of RFC 9293 as a film: "size", "layers". The node in which the end is has the
/// class "current".
nlohmann::ordered_json figure_film(const Played& played, PieceStore& store, model::Role role);

}  // namespace tcpstep::exports::html
