#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/lesson/local_text.hpp"
#include "model/claim/moment.hpp"

namespace tcpstep::lesson {

/// A part of what a lesson tells: what has just happened, and what the next step will bring.
struct Passage {
    LocalText text;
    /// It is told until then; nothing: to the end.
    std::optional<model::claim::Moment> until;
};

/// Where each passage ends in a run: the events of the trace after which the next one is told;
/// nothing where that has not come.
std::vector<std::optional<std::size_t>> passage_ends(const std::vector<Passage>& story,
                                                     const model::Trace& trace);

/// The passage that is told after the first `events` of the run; nullptr if the story is empty.
const Passage* passage_at(const std::vector<Passage>& story,
                          const std::vector<std::optional<std::size_t>>& ends, std::size_t events);

}  // namespace tcpstep::lesson
