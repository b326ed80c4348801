#pragma once

#include <string>

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// Predict mode has something to ask, waits for the kernel, or tells what that has shown.
bool predict_card_wanted(const session::Session& session);

/// Whether the last answer was right, and what the kernel did, with the reason if asked for: "Not
/// SYN_RCVD, but ESTABLISHED." "" if the kernel has shown nothing yet, and once the next is
/// answered.
std::string told_answer(const session::Session& session, bool with_reason);

/// What became of the last answer, the open question with its choices, one button each, the score.
void paint_predict_card(const Scene& scene, Rect area);

/// The switch of predict mode, for a run whose segments are held; how wide it wants to be (0: there
/// is nothing to predict).
float predict_chip_width(const Scene& scene);
void paint_predict_chip(const Scene& scene, Rect box);

}  // namespace tcpstep::ui::panel
