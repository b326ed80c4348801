#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/header_fields.hpp"
#include "model/segment.hpp"

namespace tcpstep::view::octets {

/// To which header a field belongs.
enum class WirePart : std::uint8_t { Ip, Tcp, Options };

/// A field of a segment's headers, as it is shown.
struct WireField {
    model::HeaderField place;
    WirePart part = WirePart::Ip;
    std::string name;      ///< "Source port"; "SYN" of a control bit
    std::string value;     ///< "43512", "127.0.0.1", "0x1234"; "1" of a control bit
    bool differs = false;  ///< from the field of the same id in the segment before
    std::string
        before;  ///< its value there, if it differs; empty if that segment has no such field
};

/// The fields of `segment`, compared with those of `previous`, the segment before it from the same
/// end; with nullptr nothing differs.
std::vector<WireField> wire_fields(const model::Segment& segment, const model::Segment* previous);

/// The index of the field to which bit `bit` of the headers belongs; fields.size() if to none.
std::size_t field_at(const std::vector<WireField>& fields, std::size_t bit);

/// "SYN": what RFC 9293 calls a control bit; empty if the field is none.
std::string_view control_bit_name(model::Field field);

}  // namespace tcpstep::view::octets
