#include "model/claim/span.hpp"

namespace tcpstep::model::claim {

std::optional<Bounds> bounds(const Span& span, const Chronicle& chronicle) {
    Bounds bounds;
    if (span.from) {
        bounds.first = find(*span.from, chronicle);
        if (!bounds.first) return std::nullopt;
    }
    if (span.until) bounds.last = find(*span.until, chronicle);
    return bounds;
}

}  // namespace tcpstep::model::claim
