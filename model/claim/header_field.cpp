#include "model/claim/header_field.hpp"

#include <cstddef>

#include "model/header_layout.hpp"

namespace tcpstep::model::claim {

namespace {

struct Place {
    std::size_t at = 0;  // octets from the header's start
    std::size_t length = 0;
};

Place place_in_ip(HeaderField field, bool v6) {
    const bool source = field == HeaderField::SourceAddress;
    if (v6) return {source ? std::size_t{8} : std::size_t{24}, 16};
    return {source ? std::size_t{12} : std::size_t{16}, 4};
}

Place place_in_tcp(HeaderField field) {
    switch (field) {
        case HeaderField::SourcePort:
            return {0, 2};
        case HeaderField::DestinationPort:
            return {2, 2};
        case HeaderField::Seq:
            return {4, 4};
        case HeaderField::Ack:
            return {8, 4};
        case HeaderField::Flags:
            return {13, 1};
        case HeaderField::Window:
            return {14, 2};
        case HeaderField::SourceAddress:
        case HeaderField::DestinationAddress:
            break;
    }
    return {};
}

}  // namespace

std::span<const std::uint8_t> octets_of(const Segment& segment, HeaderField field) {
    std::span<const std::uint8_t> header = segment.headers;
    if (header.empty()) return {};
    const bool in_ip =
        field == HeaderField::SourceAddress || field == HeaderField::DestinationAddress;
    const Place place = in_ip ? place_in_ip(field, header[0] >> 4U == 6) : place_in_tcp(field);
    if (!in_ip) header = header.subspan(tcp_header_offset(header));
    if (header.size() < place.at + place.length) return {};
    return header.subspan(place.at, place.length);
}

std::string hexadecimal(std::span<const std::uint8_t> octets) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t octet : octets) {
        if (!text.empty()) text += ' ';
        text += kDigits[octet >> 4U];
        text += kDigits[octet & 0x0fU];
    }
    return text;
}

std::optional<std::int64_t> number_of(std::span<const std::uint8_t> octets) {
    if (octets.empty() || octets.size() > 4) return std::nullopt;
    std::int64_t number = 0;
    for (const std::uint8_t octet : octets) number = number * 256 + octet;
    return number;
}

}  // namespace tcpstep::model::claim
