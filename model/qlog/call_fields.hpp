#pragma once

#include "model/event.hpp"
#include "model/qlog/fields.hpp"

namespace tcpstep::model::qlog {

/// The facts that the "data" of sys:call_entered and sys:call_returned tell; where that is not
/// possible there are faults, and what is returned means nothing.
CallEntered read_call_entered(const Fields& data);
CallReturned read_call_returned(const Fields& data);

}  // namespace tcpstep::model::qlog
