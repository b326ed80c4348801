#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// Predict mode has something to ask, or waits for the kernel.
bool predict_card_wanted(const session::Session& session);

/// The open question with its choices, one button each, and the score.
void paint_predict_card(const Scene& scene, Rect area);

/// The switch of predict mode, for a run whose segments are held; how wide it wants to be (0: there
/// is nothing to predict).
float predict_chip_width(const Scene& scene);
void paint_predict_chip(const Scene& scene, Rect box);

}  // namespace tcpstep::ui::panel
