#include "tests/bench/made_connection.hpp"

#include <algorithm>

namespace tcpstep::bench {

namespace {

constexpr std::uint8_t kFin = 1;
constexpr std::uint8_t kSyn = 2;
constexpr std::uint8_t kPsh = 8;
constexpr std::uint8_t kAck = 16;

constexpr std::uint32_t kMss = 1448;  // octets beside the timestamps
constexpr std::uint32_t kEthernetOctets = 14;
constexpr std::uint32_t kIpOctets = 20;
constexpr std::uint32_t kTcpOctets = 20;

/// Writes numbers in network byte order, one behind the other.
class Writer {
  public:
    explicit Writer(std::uint8_t* at) : at_(at) {}

    Writer& put8(std::uint32_t value) {
        *at_++ = static_cast<std::uint8_t>(value);
        return *this;
    }
    Writer& put16(std::uint32_t value) { return put8(value >> 8).put8(value); }
    Writer& put32(std::uint32_t value) { return put16(value >> 16).put16(value); }

  private:
    std::uint8_t* at_;
};

// RFC 1071, of 20 octets.
std::uint32_t ip_checksum(const std::uint8_t* header) {
    std::uint32_t sum = 0;
    for (int i = 0; i < 20; i += 2) sum += (std::uint32_t{header[i]} << 8) + header[i + 1];
    sum = (sum & 0xffff) + (sum >> 16);
    return ~(sum + (sum >> 16)) & 0xffff;
}

}  // namespace

MadeConnection::MadeConnection(std::uint32_t number, std::size_t segments)
    : segments_(std::max(segments, kFewest)), closes_(number % 3 == 0 ? 1 : 0) {
    End& client = ends_[0];
    End& server = ends_[1];
    client.address = 0x0a000000 + (number >> 14 << 6) + (number & 0x3f);  // 10.x.x.x
    client.port = static_cast<std::uint16_t>(32768 + (number >> 6 & 0xff) * 100 + (number & 0x3f));
    server.address = 0xc0a80001 + (number % 5);  // 192.168.0.1 to .5
    server.port = 443;
    client.next = number * 2654435761U;  // Knuth's multiplier: some wrap around 2^32
    server.next = ~client.next * 40503U;
    client.clock = number * 97;
    server.clock = number * 89 + 5000;
}

MadeConnection::Choice MadeConnection::choose(std::mt19937& random) {
    switch (sent_) {
        case 0:
            return {0, kSyn, 0};
        case 1:
            return {1, kSyn | kAck, 0};
        case 2:
            return {0, kAck, 0};
        default:
            break;
    }
    const std::size_t other = 1 - closes_;
    switch (segments_ - sent_) {
        case 4:
            return {closes_, kFin | kAck, 0};
        case 3:
            return {other, kAck, 0};
        case 2:
            return {other, kFin | kAck, 0};
        case 1:
            return {closes_, kAck, 0};
        default:
            break;
    }
    const std::size_t listens = 1 - talks_;
    const std::uint32_t unacknowledged = ends_[talks_].next - ends_[listens].acknowledged;
    // Before the close everything is acknowledged.
    const bool enough = unacknowledged >= 2 * kMss || segments_ - sent_ == 5;
    if (unacknowledged > 0 && enough) return {listens, kAck, 0};
    const std::uint32_t dice = static_cast<std::uint32_t>(random());
    if (unacknowledged == 0 && dice % 4 == 0) talks_ = listens;
    if (segments_ - sent_ == 5) return {listens, kAck, 0};  // a keepalive's answer, say
    const std::uint32_t payload = dice % 8 == 1 ? 100 + dice % 900 : kMss;
    return {talks_, static_cast<std::uint8_t>(payload < kMss ? kPsh | kAck : kAck), payload};
}

MadeFrame MadeConnection::next(std::uint32_t milliseconds, std::uint32_t snap_length,
                               std::mt19937& random) {
    const Choice choice = choose(random);
    End& from = ends_[choice.from];
    End& to = ends_[1 - choice.from];
    const bool syn = (choice.flags & kSyn) != 0;
    const bool ack = (choice.flags & kAck) != 0;
    const std::uint32_t options = syn ? 20 : 12;
    const std::uint32_t headers = kEthernetOctets + kIpOctets + kTcpOctets + options;
    const std::uint32_t clock = from.clock + milliseconds;

    MadeFrame frame;
    frame.length = headers + choice.payload;
    frame.captured = std::min(frame.length, snap_length);
    std::uint8_t* octets = frame.octets.data();
    Writer(octets).put16(0x0200).put32(to.address).put16(0x0200).put32(from.address).put16(0x0800);
    std::uint8_t* ip = octets + kEthernetOctets;
    const auto write_ip = [&](std::uint32_t checksum) {
        Writer(ip).put16(0x4500).put16(frame.length - kEthernetOctets).put16(from.ip_id);
        Writer(ip + 6).put16(0x4000).put16(0x4006).put16(checksum);
        Writer(ip + 12).put32(from.address).put32(to.address);
    };
    write_ip(0);
    write_ip(ip_checksum(ip));
    Writer tcp(ip + kIpOctets);
    tcp.put16(from.port).put16(to.port).put32(from.next).put32(ack ? to.next : 0);
    // As with checksums left to the hardware, TCP's is not filled in.
    tcp.put8((kTcpOctets + options) / 4 << 4).put8(choice.flags).put16(502).put32(0);
    if (syn) tcp.put32(0x020405b4).put32(0x0402080a);  // MSS 1460, SACK permitted
    if (!syn) tcp.put32(0x0101080a);                   // two NOPs before the timestamps
    tcp.put32(clock).put32(ack ? from.seen_clock : 0);
    if (syn) tcp.put32(0x01030307);  // window scale 7

    from.next += choice.payload + (syn || (choice.flags & kFin) != 0 ? 1 : 0);
    from.ip_id = static_cast<std::uint16_t>(from.ip_id + 1);
    if (ack) from.acknowledged = to.next;
    to.seen_clock = clock;
    ++sent_;
    return frame;
}

}  // namespace tcpstep::bench
