#include "model/segment_summary.hpp"

namespace tcpstep::model {

SegmentSummary summary_of(const Segment& segment, Time time) {
    SegmentSummary summary;
    summary.time = time;
    summary.id = segment.id;
    summary.seq = segment.seq;
    summary.ack = segment.ack;
    summary.length = segment.length;
    summary.window = segment.window;
    summary.flags = segment.flags;
    summary.from = segment.from;
    for (const TcpOption& option : segment.options) {
        if (const auto* timestamps = std::get_if<Timestamps>(&option)) {
            summary.has_timestamps = true;
            summary.timestamp = timestamps->value;
            summary.timestamp_echo = timestamps->echo_reply;
            break;
        }
    }
    // RFC 791 3.1: the identification field of an IPv4 header.
    const auto& headers = segment.headers;
    if (headers.size() >= 20 && headers[0] >> 4U == 4) {
        summary.ip_id = static_cast<std::uint16_t>(headers[4] << 8U | headers[5]);
    }
    return summary;
}

}  // namespace tcpstep::model
