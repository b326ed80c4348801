#pragma once

#include <nlohmann/json.hpp>

#include "app/exports/html/played.hpp"

namespace tcpstep::exports::html {

// What a page says, in the language of this thread: the same words as in the window.

/// For each frame what happened, and how both ends stand:
/// "told": {"sentence", "rows", "changes": [[text, colour]], "when", "after", "more":
/// [[label, source, text]]}, "count": "event 3 of 12", "calls" and "kernel" of both ends: indices
/// in the lists of these names.
nlohmann::ordered_json frame_words(const Played& played);

/// For each frame but the first its row of the list of events: {"number", "time", "who", "what",
/// "changes": ["client: SYN_SENT → ESTABLISHED"]}.
nlohmann::ordered_json event_list(const Played& played);

/// {"text", "evidence", "holds", "word", "frame"}: decided in that frame; never where it is absent.
nlohmann::ordered_json claim_words(const Played& played);

/// Of both ends, by the names of their states: {"meaning", "rfc", "never", "visits": [{"entered":
/// {"frame", "when", "why"}, "left", "stayed"}]}, up to the last frame; those that are left there
/// have no "left", and "stayed" tells how long so far.
nlohmann::ordered_json state_words(const Played& played);

/// The texts of the page itself, by the names under which its script asks for them.
nlohmann::ordered_json page_words();

/// The headers of every segment that is shown. "segments", by their ids: {"title", "note",
/// "previous", "marks", "data", "bytes", "fields", "layout"}: indices in "values", [kind, value, in
/// full, differs, the segment before: "#" for its id], and in "layouts", [tall row, [field, row,
/// rows, first bit, bits, named] ...]. "kinds": {"name", "part", "bit", "bits", "title", "place",
/// "meaning", "source"}.
nlohmann::ordered_json segment_words(const Played& played);

}  // namespace tcpstep::exports::html
