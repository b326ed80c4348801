#include "app/view/segment_title.hpp"

#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"
#include "model/tcpdump_line.hpp"

namespace tcpstep::view {

using namespace model;

std::string segment_title(const Timeline& timeline, SegmentId id) {
    const Segment* segment = timeline.segment(id);
    if (segment == nullptr) return {};
    return say(Text::SegmentTitle, timeline.number(id), to_label(segment->flags),
               direction_text(segment->from));
}

std::optional<std::string> segment_tip(const Timeline& timeline, SegmentId id, bool raw) {
    const Segment* segment = timeline.segment(id);
    const auto event = timeline.event_of_segment(id);
    if (segment == nullptr || !event) return std::nullopt;
    const Event& sent = timeline.event(*event);
    if (!sent.connection) return std::nullopt;
    const SeqBase base = base_of(timeline.at(timeline.size()), segment->from, raw);
    return say(Text::TipSegment, timeline.number(id), direction_text(segment->from),
               offset_text(sent.time - timeline.event(0).time),
               to_tcpdump_line(*segment, timeline.trace().connections()[*sent.connection], base));
}

}  // namespace tcpstep::view
