// Any octets as one captured packet. The first octet is the link type, the two after it say how
// much longer the packet was on the wire.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "capture/packet.hpp"
#include "tests/fuzz/demand.hpp"

using namespace tcpstep;
using fuzz::demand;

namespace {

void check(const capture::WireSegment& wire, capture::Bytes packet, std::size_t wire_length) {
    demand(wire.headers.data() >= packet.data(), "the headers begin in the packet");
    demand(wire.headers.data() + wire.headers.size() <= packet.data() + packet.size(),
           "the headers end in the packet");
    demand(wire.headers.size() >= 20 + 14, "there are an IP header, and TCP's up to the flags");
    demand(wire.options().size() <= 40, "the options are as long as a data offset can say");
    demand(wire.summary.length <= std::max<std::size_t>(wire_length, 65535), "the length can be");
    const model::Segment segment = to_segment(wire);
    demand(summary_of(segment, model::Time()) == wire.summary, "summary and segment agree");
    (void)to_line(segment, {model::SeqNum(0), model::SeqNum(0)}, model::LineDetail::Full);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const auto link = static_cast<capture::LinkType>(data[0] % 5);
    // A copy of exactly that size: the address sanitizer sees one octet too far.
    const std::vector<std::uint8_t> packet(data + 3, data + size);
    const auto wire_length =
        static_cast<std::uint32_t>(packet.size() + data[1] + std::size_t{data[2]} * 1024);
    capture::WireSegment wire;
    capture::Stop why;
    const bool read = read_wire_segment(packet, link, wire_length, model::Time(), wire, why);
    const capture::Decoded decoded = decode(packet, link, wire_length);
    demand(std::holds_alternative<capture::Packet>(decoded) == read, "both decoders agree");
    if (read) {
        check(wire, packet, wire_length);
    } else {
        demand(!to_string(why).empty(), "a reason is told");
    }
    return 0;
}
