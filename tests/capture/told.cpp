#include "tests/capture/told.hpp"

#include <gtest/gtest.h>

#include "capture/packet.hpp"
#include "tests/capture/made_capture.hpp"

namespace tcpstep::capture {

std::string line_of(const WireSegment& wire) {
    const model::SeqBase raw{model::SeqNum(0), model::SeqNum(0)};
    return std::to_string(wire.summary.time.time_since_epoch().count()) + " " +
           to_string(wire.source) + " > " + to_string(wire.destination) + " " +
           to_line(to_segment(wire), raw);
}

Told told_by(const std::string& path, std::size_t at_once) {
    Told told;
    auto file = CaptureFile::open(path);
    if (!file) {
        told.error = file.error().line();
        EXPECT_EQ(file.error().kind, ErrorKind::BadInput);
        return told;
    }
    for (;;) {
        ++told.steps;
        const auto step = file->read(
            at_once, [&](const WireSegment& wire) { told.lines.push_back(line_of(wire)); });
        told.counts = file->counts();
        EXPECT_EQ(told.counts.segments, told.lines.size());
        EXPECT_EQ(told.counts.packets, told.counts.segments + told.counts.not_tcp +
                                           told.counts.too_short + told.counts.malformed);
        if (step && *step == CaptureFile::Step::More) continue;
        if (!step) {
            told.error = step.error().line();
            EXPECT_EQ(step.error().kind, ErrorKind::BadInput);
        }
        return told;
    }
}

Told told_of(const Octets& octets) {
    return told_by(MadeFile(octets).path());
}

std::string at(std::uint64_t time, const char* rest) {
    return std::to_string(time) + " " + rest;
}

const Octets& packet4() {
    static const Octets kPacket =
        ipv4(tcp_header(8, hex("0101 080a 11111111 22222222")) + payload(7));
    return kPacket;
}

const Octets& packet6() {
    static const Octets kPacket = ipv6(tcp_header() + payload(3));
    return kPacket;
}

Octets framed(const Octets& packet) {
    return ethernet(packet[0] >> 4 == 6 ? 0x86dd : 0x0800, packet);
}

}  // namespace tcpstep::capture
