#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tcpstep::model {

/// The fields of the headers of a TCP segment: IPv4 (RFC 791 3.1), IPv6 (RFC 8200 3), TCP with its
/// control bits one by one (RFC 9293 3.1), the parts of its options, and what follows them.
enum class Field : std::uint8_t {
    // IP, both versions
    Version,
    Dscp,
    Ecn,
    SourceAddress,
    DestinationAddress,
    // IPv4
    HeaderLength,
    TotalLength,
    Identification,
    IpReserved,
    DontFragment,
    MoreFragments,
    FragmentOffset,
    TimeToLive,
    Protocol,
    HeaderChecksum,
    IpOptions,
    // IPv6
    FlowLabel,
    PayloadLength,
    NextHeader,
    HopLimit,
    ExtensionHeaders,
    // TCP
    SourcePort,
    DestinationPort,
    Sequence,
    Acknowledgment,
    DataOffset,
    Reserved,
    Ae,
    Cwr,
    Ece,
    Urg,
    Ack,
    Psh,
    Rst,
    Syn,
    Fin,
    Window,
    Checksum,
    UrgentPointer,
    // TCP options
    OptionKind,
    OptionLength,
    Mss,
    ScaleShift,
    TimestampValue,
    TimestampEcho,
    SackLeft,
    SackRight,
    Cookie,
    OptionData,
    NoOperation,
    EndOfOptions,
    OptionPadding,
    MalformedOption,
    // Behind the headers: one octet of the payload
    Payload,
};

/// Which field it is, the same in every segment: the second NOP is another one than the first.
struct FieldId {
    Field field = Field::Version;
    std::uint8_t option = 0;  ///< of a part of an option: its kind
    std::uint16_t nth = 0;    ///< how many of the same came before it in the segment
    bool operator==(const FieldId&) const = default;
};

/// A field with its place in the headers.
struct HeaderField {
    FieldId id;
    std::size_t bit = 0;   ///< of its first bit, from the start of the IP header
    std::size_t bits = 0;  ///< how many; at least 1
    bool operator==(const HeaderField&) const = default;
};

/// The fields of captured IP and TCP headers, without gaps, in their order on the wire. Headers
/// that are cut short end with their last whole field; what follows it is left out.
std::vector<HeaderField> header_fields(std::span<const std::uint8_t> headers);

/// Its value: of the first 64 bits, if it has more. The first octet is the most significant.
std::uint64_t value_of(const HeaderField& field, std::span<const std::uint8_t> headers);

}  // namespace tcpstep::model
