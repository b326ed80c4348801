#include "tests/capture/frame.hpp"

namespace tcpstep::capture {

namespace {

void put16(Octets& to, std::size_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8U));
    to.push_back(static_cast<std::uint8_t>(value));
}

unsigned digit(char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

}  // namespace

Octets hex(std::string_view text) {
    Octets octets;
    bool half = false;
    for (const char c : text) {
        if (c == ' ' || c == '\n') continue;
        if (half) {
            octets.back() = static_cast<std::uint8_t>(unsigned{octets.back()} << 4U | digit(c));
        } else {
            octets.push_back(static_cast<std::uint8_t>(digit(c)));
        }
        half = !half;
    }
    return octets;
}

Octets operator+(Octets head, const Octets& tail) {
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
}

Octets payload(std::size_t count) {
    return Octets(count, 'x');
}

Octets tcp_header(unsigned words, const Octets& options) {
    Octets header = hex("a9f8 1f40 000003e8 00001389 0018 01f6 0000 0000");
    header[12] = static_cast<std::uint8_t>(words << 4U);
    return header + options;
}

Octets ipv4(const Octets& body, const Octets& options, std::uint8_t protocol) {
    Octets header;
    header.push_back(static_cast<std::uint8_t>(0x40U | (5 + options.size() / 4)));
    header.push_back(0);
    put16(header, 20 + options.size() + body.size());
    header = header + hex("3a92 4000 40") + Octets{protocol} + hex("0000 7f000001 7f000002");
    return header + options + body;
}

Octets ipv6(const Octets& body, std::uint8_t next_header) {
    Octets header = hex("60000000");
    put16(header, body.size());
    header = header + Octets{next_header, 64};
    header = header + hex("00000000000000000000000000000001 00000000000000000000000000000002");
    return header + body;
}

Octets ethernet(std::uint16_t ether_type, const Octets& body) {
    Octets header(12, 0);
    put16(header, ether_type);
    return header + body;
}

Octets with16(Octets frame, std::size_t at, std::uint16_t value) {
    frame[at] = static_cast<std::uint8_t>(value >> 8U);
    frame[at + 1] = static_cast<std::uint8_t>(value);
    return frame;
}

Octets with8(Octets frame, std::size_t at, std::uint8_t value) {
    frame[at] = value;
    return frame;
}

}  // namespace tcpstep::capture
