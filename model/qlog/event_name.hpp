#pragma once

#include <string_view>

#include "model/event.hpp"

namespace tcpstep::model::qlog {

// The names of the events, as the "name" of each says in a file.
inline constexpr std::string_view kScenario = "simulation:scenario";
inline constexpr std::string_view kMarker = "simulation:marker";
inline constexpr std::string_view kSegmentSent = "tcp:segment_sent";
inline constexpr std::string_view kSegmentHeld = "tcp:segment_held";
inline constexpr std::string_view kSegmentHeldBack = "tcp:segment_held_back";
inline constexpr std::string_view kSegmentDelivered = "tcp:segment_delivered";
inline constexpr std::string_view kSegmentDropped = "tcp:segment_dropped";
inline constexpr std::string_view kSegmentDuplicated = "tcp:segment_duplicated";
inline constexpr std::string_view kSegmentInjected = "tcp:segment_injected";
inline constexpr std::string_view kCallEntered = "sys:call_entered";
inline constexpr std::string_view kCallReturned = "sys:call_returned";
inline constexpr std::string_view kDatagramSent = "udp:datagram_sent";
inline constexpr std::string_view kIcmpErrorSent = "icmp:error_sent";
inline constexpr std::string_view kSocketSampled = "kernel:socket_sampled";
inline constexpr std::string_view kListenerSampled = "kernel:listener_sampled";
inline constexpr std::string_view kSegmentsLost = "capture:segments_lost";
inline constexpr std::string_view kPredictionChecked = "lesson:prediction_checked";
inline constexpr std::string_view kClaimChecked = "lesson:claim_checked";
/// No fact: what the fold infers from the facts, or another program from the kernel.
inline constexpr std::string_view kStateUpdated = "tcp:state_updated";

/// The "certainty" of an inferred state; where it is missing the state is proved.
inline constexpr std::string_view kProved = "proved";
inline constexpr std::string_view kAssumed = "assumed";

/// The name of the fact's event. It lives as long as `fact`.
std::string_view event_name(const Fact& fact);

}  // namespace tcpstep::model::qlog
