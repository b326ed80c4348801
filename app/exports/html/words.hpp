#pragma once

#include <nlohmann/json.hpp>

#include "app/exports/html/played.hpp"

namespace tcpstep::exports::html {

// What a page says, in the language of this thread: the same words as in the window.

/// For each frame what happened, and how both ends stand:
/// "told": {"sentence", "rows", "changes": [[text, colour]], "when", "after", "more"}, "calls" and
/// "kernel" of both ends; these three are indices in the lists of their names. Of "more" that has
/// [label, source, text].
nlohmann::ordered_json frame_words(const Played& played);

/// For each frame but the first its row of the list of events: {"number", "time", "who", "what",
/// "changes": ["client: SYN_SENT → ESTABLISHED"], "notes": [what this version does not know]}.
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
/// "previous", "marks", "data", "fields", "layout"}. "marks" and "layout" are indices: in "marks",
/// with "#" for the previous one's id, and in "layouts", [tall row, how many fields, [field, row,
/// rows, first bit, bits, named] ...]. The fields are indices in "values", [kind, value, in full,
/// differs, the segment before: "#" for its id]; those of the layout are in "first", and "fields"
/// has [place, index, place, index ...] of those that differ. "kinds": {"name", "part", "bit",
/// "bits", "title", "place", "meaning", "source"}.
nlohmann::ordered_json segment_words(const Played& played);

/// In no language: the octets of each of these that has any, in hexadecimal, by its id.
nlohmann::ordered_json segment_octets(const Played& played);

}  // namespace tcpstep::exports::html
