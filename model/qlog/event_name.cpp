#include "model/qlog/event_name.hpp"

namespace tcpstep::model::qlog {

std::string_view event_name(const Fact& fact) {
    struct Name {
        std::string_view operator()(const Scenario&) const { return kScenario; }
        std::string_view operator()(const Marker&) const { return kMarker; }
        std::string_view operator()(const SegmentSent&) const { return kSegmentSent; }
        std::string_view operator()(const SegmentHeld&) const { return kSegmentHeld; }
        std::string_view operator()(const SegmentHeldBack&) const { return kSegmentHeldBack; }
        std::string_view operator()(const SegmentDelivered&) const { return kSegmentDelivered; }
        std::string_view operator()(const SegmentDropped&) const { return kSegmentDropped; }
        std::string_view operator()(const SegmentDuplicated&) const { return kSegmentDuplicated; }
        std::string_view operator()(const SegmentInjected&) const { return kSegmentInjected; }
        std::string_view operator()(const CallEntered&) const { return kCallEntered; }
        std::string_view operator()(const CallReturned&) const { return kCallReturned; }
        std::string_view operator()(const DatagramSent&) const { return kDatagramSent; }
        std::string_view operator()(const IcmpErrorSent&) const { return kIcmpErrorSent; }
        std::string_view operator()(const SocketSampled&) const { return kSocketSampled; }
        std::string_view operator()(const ListenerSampled&) const { return kListenerSampled; }
        std::string_view operator()(const SegmentsLost&) const { return kSegmentsLost; }
        std::string_view operator()(const PredictionChecked&) const { return kPredictionChecked; }
        std::string_view operator()(const ClaimChecked&) const { return kClaimChecked; }
        std::string_view operator()(const Unrecognized& event) const { return event.name; }
    };
    return std::visit(Name{}, fact);
}

}  // namespace tcpstep::model::qlog
