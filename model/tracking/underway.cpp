#include "model/tracking/underway.hpp"

namespace tcpstep::model::tracking {

void Underway::forget_oldest() {
    Few<SegmentSummary, 2> rest;
    for (const SegmentSummary& offer : offers().subspan(kForgets)) rest.push_back(offer);
    offers_ = rest;
    newest_clock_ >>= kForgets;
}

void Underway::add(const SegmentSummary& segment, bool newest_clock) {
    if (newest_clock) newest_clock_ |= offer_at(offers_.size());
    offers_.push_back(segment);
}

void Underway::renew_fins(const SegmentSummary& segment) {
    fins_renewed_ = segment.time;
    fins_renewed_by_ = segment.id;
}

void Underway::clear() {
    offers_.clear();
    newest_clock_ = 0;
}

}  // namespace tcpstep::model::tracking
