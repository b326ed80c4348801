#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/lesson/lesson.hpp"
#include "model/trace.hpp"

namespace tcpstep::lesson {

/// After how many events of a run it has left its lesson's script, so that the story is no longer
/// true of it: something that the lesson claims does not hold; or, where segments are held, one
/// that its rules lose, copy or hold back has gone another way, or one was lost or copied, or a
/// reset injected, that they do not ask for. Nothing as long as it has not. Not before it has come
/// that far: whoever steps back is in the script again. What only the end of the run decides counts
/// as little.
std::optional<std::size_t> script_left(const Lesson& lesson, const model::Trace& trace);

/// What is told then, in the place of every passage.
const Passage& left_passage();

/// What is told of a run: its passages, and where they are no longer told.
struct Telling {
    std::vector<std::optional<std::size_t>> ends;  ///< passage_ends()
    std::optional<std::size_t> left;               ///< script_left()
};
Telling telling_of(const Lesson& lesson, const model::Trace& trace);

/// The passage that is told after the first `events` of the run, or left_passage(); nullptr if the
/// lesson has no story.
const Passage* told_at(const Lesson& lesson, const Telling& telling, std::size_t events);

}  // namespace tcpstep::lesson
