#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/lesson/lesson.hpp"
#include "model/trace.hpp"

namespace tcpstep::lesson {

/// After how many events of a run somebody has left its lesson's script, so that the story is no
/// longer true of it: where segments are held, one that its rules lose, copy or hold back has gone
/// another way, or one was lost, copied or held back, or a reset injected, that
/// they do not ask for. Nothing as long as nobody has. Not before it has come that far: whoever
/// steps back is in the script again.
std::optional<std::size_t> script_left(const Lesson& lesson, const model::Trace& trace);

/// After how many events something that the lesson claims does not hold. What only the end of the
/// run decides does not count.
std::optional<std::size_t> claim_refuted(const model::Trace& trace);

/// What is told then, in the place of every passage.
const Passage& left_passage();
const Passage& refuted_passage();

/// What is told of a run: its passages, and where they are no longer told.
struct Telling {
    std::vector<std::optional<std::size_t>> ends;  ///< passage_ends()
    /// Whichever comes first, script_left() or claim_refuted(), and what is told from there on.
    std::optional<std::size_t> left;
    const Passage* then = nullptr;
};
Telling telling_of(const Lesson& lesson, const model::Trace& trace);

/// The passage that is told after the first `events` of the run, or what is told instead; nullptr
/// if the lesson has no story.
const Passage* told_at(const Lesson& lesson, const Telling& telling, std::size_t events);

}  // namespace tcpstep::lesson
