#include "app/view/octets/wire_fields.hpp"

#include <algorithm>
#include <initializer_list>
#include <span>

#include "app/view/say.hpp"
#include "model/address.hpp"

namespace tcpstep::view::octets {

using namespace model;

namespace {

using Bytes = std::span<const std::uint8_t>;

WirePart part_of(Field field) {
    if (field < Field::SourcePort) return WirePart::Ip;
    return field < Field::OptionKind ? WirePart::Tcp : WirePart::Options;
}

std::string name_of(Field field) {
    switch (field) {
        case Field::Version:
            return say(Text::WireVersion);
        case Field::Dscp:
            return say(Text::WireDscp);
        case Field::Ecn:
            return say(Text::WireEcn);
        case Field::SourceAddress:
            return say(Text::WireSource);
        case Field::DestinationAddress:
            return say(Text::WireDestination);
        case Field::HeaderLength:
            return say(Text::WireHeaderLength);
        case Field::TotalLength:
            return say(Text::WireTotalLength);
        case Field::Identification:
            return say(Text::WireIdentification);
        case Field::IpReserved:
        case Field::Reserved:
            return say(Text::WireReserved);
        case Field::DontFragment:
            return say(Text::WireDontFragment);
        case Field::MoreFragments:
            return say(Text::WireMoreFragments);
        case Field::FragmentOffset:
            return say(Text::WireFragmentOffset);
        case Field::TimeToLive:
            return say(Text::WireTimeToLive);
        case Field::Protocol:
            return say(Text::WireProtocol);
        case Field::HeaderChecksum:
            return say(Text::WireHeaderChecksum);
        case Field::IpOptions:
            return say(Text::WireIpOptions);
        case Field::FlowLabel:
            return say(Text::WireFlowLabel);
        case Field::PayloadLength:
            return say(Text::WirePayloadLength);
        case Field::NextHeader:
            return say(Text::WireNextHeader);
        case Field::HopLimit:
            return say(Text::WireHopLimit);
        case Field::ExtensionHeaders:
            return say(Text::WireExtension);
        case Field::SourcePort:
            return say(Text::FieldSourcePort);
        case Field::DestinationPort:
            return say(Text::FieldDestinationPort);
        case Field::Sequence:
            return say(Text::FieldSequence);
        case Field::Acknowledgment:
            return say(Text::FieldAcknowledgment);
        case Field::DataOffset:
            return say(Text::WireDataOffset);
        case Field::Ae:
        case Field::Cwr:
        case Field::Ece:
        case Field::Urg:
        case Field::Ack:
        case Field::Psh:
        case Field::Rst:
        case Field::Syn:
        case Field::Fin:
            return std::string(control_bit_name(field));
        case Field::Window:
            return say(Text::FieldWindow);
        case Field::Checksum:
            return say(Text::FieldChecksum);
        case Field::UrgentPointer:
            return say(Text::FieldUrgent);
        case Field::OptionKind:
            return say(Text::WireKind);
        case Field::OptionLength:
            return say(Text::WireLength);
        case Field::Mss:
            return say(Text::WireMss);
        case Field::ScaleShift:
            return say(Text::WireShift);
        case Field::TimestampValue:
            return say(Text::WireTsValue);
        case Field::TimestampEcho:
            return say(Text::WireTsEcho);
        case Field::SackLeft:
            return say(Text::WireSackLeft);
        case Field::SackRight:
            return say(Text::WireSackRight);
        case Field::Cookie:
            return say(Text::WireCookie);
        case Field::OptionData:
            return say(Text::WireOptionData);
        case Field::NoOperation:
            return say(Text::WireNop);
        case Field::EndOfOptions:
            return say(Text::WireEnd);
        case Field::OptionPadding:
            return say(Text::WirePadding);
        case Field::MalformedOption:
            return say(Text::WireMalformed);
    }
    return {};
}

std::string hex_of(const HeaderField& field, Bytes headers) {
    std::string text;
    const std::size_t end = std::min((field.bit + field.bits) / 8, headers.size());
    for (std::size_t i = field.bit / 8; i < end; ++i) text += fmt::format("{:02x}", headers[i]);
    return text;
}

std::string address_of(const HeaderField& field, Bytes headers) {
    const std::uint8_t* octets = headers.data() + field.bit / 8;
    return to_string(field.bits == 128 ? IpAddress::from_v6(octets) : IpAddress::from_v4(octets));
}

bool is_any(Field field, std::initializer_list<Field> of) {
    return std::find(of.begin(), of.end(), field) != of.end();
}

std::string shown(const HeaderField& field, Bytes headers) {
    const Field id = field.id.field;
    const std::uint64_t value = value_of(field, headers);
    if (is_any(id, {Field::SourceAddress, Field::DestinationAddress}))
        return address_of(field, headers);
    if (is_any(id, {Field::Identification, Field::HeaderChecksum, Field::Checksum}))
        return fmt::format("{:#06x}", value);
    if (id == Field::FlowLabel) return fmt::format("{:#07x}", value);
    if (is_any(id, {Field::IpOptions, Field::ExtensionHeaders, Field::Cookie, Field::OptionData,
                    Field::OptionPadding, Field::MalformedOption}))
        return hex_of(field, headers);
    return fmt::format("{}", value);
}

// The previous segment's field of the same id.
const HeaderField* find(const std::vector<HeaderField>& fields, FieldId id) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const HeaderField& one) { return one.id == id; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace

std::string_view control_bit_name(Field field) {
    constexpr std::string_view kNames[] = {"AE",  "CWR", "ECE", "URG", "ACK",
                                           "PSH", "RST", "SYN", "FIN"};
    if (field < Field::Ae || field > Field::Fin) return {};
    return kNames[static_cast<std::size_t>(field) - static_cast<std::size_t>(Field::Ae)];
}

std::vector<WireField> wire_fields(const Segment& segment, const Segment* previous) {
    const Bytes headers = segment.headers;
    std::vector<HeaderField> old;
    const bool compares = previous != nullptr && !previous->headers.empty();
    if (compares) old = header_fields(previous->headers);
    std::vector<WireField> fields;
    for (const HeaderField& place : header_fields(headers)) {
        WireField field;
        field.place = place;
        field.part = part_of(place.id.field);
        field.name = name_of(place.id.field);
        field.value = shown(place, headers);
        if (compares) {
            const HeaderField* was = find(old, place.id);
            if (was != nullptr) field.before = shown(*was, previous->headers);
            field.differs = was == nullptr || field.before != field.value;
            if (!field.differs) field.before.clear();
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

std::size_t field_at(const std::vector<WireField>& fields, std::size_t bit) {
    const auto past = std::upper_bound(
        fields.begin(), fields.end(), bit,
        [](std::size_t at, const WireField& field) { return at < field.place.bit; });
    if (past == fields.begin()) return fields.size();
    const WireField& field = *(past - 1);
    const bool inside = bit < field.place.bit + field.place.bits;
    return inside ? static_cast<std::size_t>(past - fields.begin()) - 1 : fields.size();
}

}  // namespace tcpstep::view::octets
