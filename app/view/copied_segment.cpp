#include "app/view/copied_segment.hpp"

#include "app/view/datagram_text.hpp"
#include "app/view/segment_text.hpp"
#include "model/packetdrill_line.hpp"
#include "model/qlog/event_json.hpp"
#include "model/tcpdump_line.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

// packetdrill's times are counted from the line before.
template <class Sent>
Duration since_the_one_before(const Timeline& timeline, std::size_t event) {
    for (std::size_t i = event; i-- > 0;) {
        if (std::holds_alternative<Sent>(timeline.event(i).fact))
            return timeline.event(event).time - timeline.event(i).time;
    }
    return Duration(0);
}

}  // namespace

std::optional<std::string> copied_segment(const Timeline& timeline, SegmentId id, CopyForm form,
                                          bool raw) {
    const Segment* segment = timeline.segment(id);
    const auto event = timeline.event_of_segment(id);
    if (segment == nullptr || !event || !timeline.connection()) return std::nullopt;
    const Event& sent = timeline.event(*event);
    const ConnectionId& connection = timeline.trace().connections()[*timeline.connection()];
    const SeqBase base = base_of(timeline.at(timeline.size()), segment->from, raw);
    switch (form) {
        case CopyForm::Tcpdump:
            return to_tcpdump_time(sent.time) + " " + to_tcpdump_line(*segment, connection, base);
        case CopyForm::Json:
            return qlog::event_json(timeline.trace(), sent,
                                    timeline.effects(*event).retransmission_of);
        case CopyForm::Packetdrill:
            // Its numbers are always relative: it chooses the initial ones itself.
            return packetdrill_line(
                *segment, base_of(timeline.at(timeline.size()), segment->from, false), Role::Client,
                since_the_one_before<SegmentSent>(timeline, *event));
    }
    return std::nullopt;
}

std::optional<std::string> copied_datagram(const Timeline& timeline, const TimelineIndex& index,
                                           std::size_t position, CopyForm form) {
    const auto at = latest_datagram(timeline, index, position);
    if (!at) return std::nullopt;
    const Event& sent = timeline.event(*at);
    const auto& datagram = std::get<DatagramSent>(sent.fact);
    switch (form) {
        case CopyForm::Tcpdump:
            return to_tcpdump_time(sent.time) + " " + to_tcpdump_line(datagram);
        case CopyForm::Json:
            return qlog::event_json(timeline.trace(), sent);
        case CopyForm::Packetdrill:
            return packetdrill_line(datagram, Role::Client,
                                    since_the_one_before<DatagramSent>(timeline, *at));
    }
    return std::nullopt;
}

}  // namespace tcpstep::view
