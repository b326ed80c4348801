#pragma once

#include "model/event.hpp"
#include "model/qlog/fields.hpp"

namespace tcpstep::model::qlog {

/// The data of `lesson:claim_checked`.
ClaimChecked read_claim_checked(const Fields& data);

}  // namespace tcpstep::model::qlog
