#pragma once

#include "model/event.hpp"
#include "model/qlog/fields.hpp"

namespace tcpstep::model::qlog {

/// The data of `lesson:prediction_checked`. What contradicts itself is a fault: an answer that was
/// not to be chosen, a verdict that does not follow from answer and outcome.
PredictionChecked read_prediction_checked(const Fields& data);

}  // namespace tcpstep::model::qlog
