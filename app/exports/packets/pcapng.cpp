#include <cstddef>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "app/exports/packets/packet_comment.hpp"
#include "app/exports/packets/packet_octets.hpp"
#include "app/exports/packets/packet_story.hpp"
#include "app/exports/packets/pcapng_blocks.hpp"
#include "app/exports/writers.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::exports::packets {

using namespace model;
using view::say;
using view::Text;

namespace {

/// The octets of the packet that the event of stories[at] put on the wire.
class Wire {
  public:
    Wire(const Trace& trace, const std::vector<PacketStory>& stories)
        : trace_(trace), stories_(stories) {}

    PacketOctets packet(std::size_t at) const {
        const Event& event = trace_.events()[stories_[at].event];
        return std::visit([&](const auto& fact) { return of(event, at, fact); }, event.fact);
    }

  private:
    PacketOctets of(const Event& event, std::size_t, const SegmentSent& sent) const {
        return of(event, sent.segment);
    }
    PacketOctets of(const Event& event, std::size_t, const SegmentInjected& injected) const {
        return of(event, injected.segment);
    }
    PacketOctets of(const Event& event, const Segment& segment) const {
        const ConnectionId id =
            event.connection ? trace_.connections()[*event.connection] : ConnectionId{};
        return packet_of(segment, id);
    }
    // Rare, and what it repeats is near.
    PacketOctets of(const Event&, std::size_t at, const SegmentDuplicated& copy) const {
        for (std::size_t i = at; i-- > 0;) {
            if (stories_[i].segment == copy.id) return packet(i);
        }
        return {};
    }
    PacketOctets of(const Event&, std::size_t, const DatagramSent& sent) const {
        return packet_of(sent);
    }
    PacketOctets of(const Event&, std::size_t at, const IcmpErrorSent& error) const {
        for (std::size_t i = at; i-- > 0;) {
            const auto* sent = std::get_if<DatagramSent>(&trace_.events()[stories_[i].event].fact);
            const bool fits = sent != nullptr && sent->source == error.source &&
                              sent->destination == error.destination;
            if (fits) return packet_of(error, *sent);
        }
        DatagramSent unknown;
        unknown.source = error.source;
        unknown.destination = error.destination;
        return packet_of(error, unknown);
    }
    template <class Other>
    PacketOctets of(const Event&, std::size_t, const Other&) const {
        return {};
    }

    const Trace& trace_;
    const std::vector<PacketStory>& stories_;
};

// The client's view: there is one interface, and no packet passes it twice.
constexpr Direction direction_of(Role from) {
    return from == Role::Client ? Direction::Outbound : Direction::Inbound;
}

std::string heading_of(const Trace& trace) {
    const std::string title = view::escaped(trace.title);
    const std::string description = view::escaped(trace.description);
    return title + (title.empty() || description.empty() ? "" : "\n") + description;
}

}  // namespace

Result<void> write_pcapng(const Subject& subject, std::ostream& out) {
    if (auto there = check_connection(subject); !there) return there;
    const Trace& trace = subject.trace;
    const auto stories = packet_stories(trace, subject.options.connection);
    const Wire wire(trace, stories);
    out << section_header(heading_of(trace), "tcpstep " TCPSTEP_VERSION)
        << interface_description(say(Text::PacketDirections));
    for (std::size_t i = 0; i < stories.size(); ++i) {
        const PacketOctets packet = wire.packet(i);
        out << packet_block(trace.events()[stories[i].event].time, packet.octets, packet.length,
                            direction_of(stories[i].from), packet_comment(trace, stories[i]));
    }
    return {};
}

}  // namespace tcpstep::exports::packets
