#pragma once

#include <string>
#include <string_view>

#include "model/prediction.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

// A question of predict mode in words. `timeline` is that of the question's connection; numbers
// are relative unless `raw`.

/// "Segment 1 (SYN) is about to reach the server, which is in LISTEN. In which state is it then?"
std::string question_text(const model::Question& question, const model::Timeline& timeline);

/// One of its choices: "SYN_RCVD", "stays LISTEN", "ack 1", "server: accept()", "none".
std::string choice_text(const model::Question& question, std::string_view choice,
                        const model::Timeline& timeline, bool raw);

/// Whether `answer` was right, and what came true: "Right: SYN_RCVD."
std::string verdict_text(const model::Question& question, std::string_view answer,
                         const model::Outcome& outcome, const model::Timeline& timeline, bool raw);

/// Why that came true, in a sentence; empty where the question was withdrawn.
std::string reason_text(const model::Question& question, const model::Outcome& outcome,
                        const model::Timeline& timeline, bool raw);

/// A prediction that stands in a trace: "predicted ack 2: wrong, it is ack 1".
std::string prediction_text(const model::PredictionChecked& checked,
                            const model::Timeline& timeline, bool raw);

}  // namespace tcpstep::view
