#pragma once

#include "model/time.hpp"
#include "model/tracking/sender.hpp"

namespace tcpstep::model::tracking {

/// A connection as one of its ends sees it: what each end has told of itself.
struct View {
    const Sender& own;
    const Sender& other;
};

}  // namespace tcpstep::model::tracking
