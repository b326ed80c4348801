#include "app/view/octets/field_meaning.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/window_scale.hpp"
#include "model/rfc_sections.hpp"

namespace tcpstep::view::octets {

using namespace model;

namespace {

struct Meaning {
    Field field;
    Text says;
    std::string_view source;  // without a title of its own
};

// In the order of Field; those that need numbers say only their source here.
constexpr std::array kMeanings = {
    Meaning{Field::Version, Text::MeansVersion, ""},
    Meaning{Field::Dscp, Text::MeansDscp, "RFC 2474"},
    Meaning{Field::Ecn, Text::MeansEcn, "RFC 3168"},
    Meaning{Field::SourceAddress, Text::MeansSource, ""},
    Meaning{Field::DestinationAddress, Text::MeansDestination, ""},
    Meaning{Field::HeaderLength, Text::MeansHeaderLength, ""},
    Meaning{Field::TotalLength, Text::MeansTotalLength, ""},
    Meaning{Field::Identification, Text::MeansIdentification, "RFC 6864"},
    Meaning{Field::IpReserved, Text::MeansIpReserved, ""},
    Meaning{Field::DontFragment, Text::MeansDontFragment, "RFC 1191"},
    Meaning{Field::MoreFragments, Text::MeansMoreFragments, ""},
    Meaning{Field::FragmentOffset, Text::MeansFragmentOffset, ""},
    Meaning{Field::TimeToLive, Text::MeansTimeToLive, ""},
    Meaning{Field::Protocol, Text::MeansProtocol, ""},
    Meaning{Field::HeaderChecksum, Text::MeansHeaderChecksum, ""},
    Meaning{Field::IpOptions, Text::MeansIpOptions, ""},
    Meaning{Field::FlowLabel, Text::MeansFlowLabel, "RFC 6437"},
    Meaning{Field::PayloadLength, Text::MeansPayloadLength, ""},
    Meaning{Field::NextHeader, Text::MeansNextHeader, ""},
    Meaning{Field::HopLimit, Text::MeansTimeToLive, ""},
    Meaning{Field::ExtensionHeaders, Text::MeansExtension, ""},
    Meaning{Field::SourcePort, Text::MeansPort, "3.1"},
    Meaning{Field::DestinationPort, Text::MeansPort, "3.1"},
    Meaning{Field::Sequence, Text::MeansSequence, "3.4"},
    Meaning{Field::Acknowledgment, Text::MeansAcknowledgment, "3.4"},
    Meaning{Field::DataOffset, Text::MeansDataOffset, "3.1"},
    Meaning{Field::Reserved, Text::MeansReserved, "3.1"},
    Meaning{Field::Ae, Text::FlagAe, "RFC 9768"},
    Meaning{Field::Cwr, Text::FlagCwr, "RFC 3168"},
    Meaning{Field::Ece, Text::FlagEce, "RFC 3168"},
    Meaning{Field::Urg, Text::FlagUrg, "3.1"},
    Meaning{Field::Ack, Text::FlagAck, "3.1"},
    Meaning{Field::Psh, Text::FlagPsh, "3.1"},
    Meaning{Field::Rst, Text::FlagRst, "3.5.3"},
    Meaning{Field::Syn, Text::FlagSyn, "3.5"},
    Meaning{Field::Fin, Text::FlagFin, "3.6"},
    Meaning{Field::Window, Text::MeansWindow, "3.8.6"},
    Meaning{Field::Checksum, Text::MeansChecksum, "3.1"},
    Meaning{Field::UrgentPointer, Text::MeansUrgent, "3.1"},
    Meaning{Field::OptionKind, Text::MeansKind, "3.2"},
    Meaning{Field::OptionLength, Text::MeansLength, "3.2"},
    Meaning{Field::Mss, Text::MeansMss, "3.7.1"},
    Meaning{Field::ScaleShift, Text::MeansShift, "RFC 7323 2"},
    Meaning{Field::TimestampValue, Text::MeansTsValue, "RFC 7323 3"},
    Meaning{Field::TimestampEcho, Text::MeansTsEcho, "RFC 7323 3"},
    Meaning{Field::SackLeft, Text::MeansSackEdge, "RFC 2018 3"},
    Meaning{Field::SackRight, Text::MeansSackEdge, "RFC 2018 3"},
    Meaning{Field::Cookie, Text::MeansCookie, "RFC 7413"},
    Meaning{Field::OptionData, Text::MeansOptionData, "3.2"},
    Meaning{Field::NoOperation, Text::MeansNop, "3.2"},
    Meaning{Field::EndOfOptions, Text::MeansEnd, "3.2"},
    Meaning{Field::OptionPadding, Text::MeansPadding, "3.2"},
    Meaning{Field::MalformedOption, Text::MeansMalformed, "3.2"},
    Meaning{Field::Payload, Text::MeansPayloadOctet, "3.4"}};

const Meaning& meaning_of(Field field) {
    const auto* found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                     [&](const Meaning& one) { return one.field == field; });
    return *found;  // a test goes through all fields
}

std::string source_of(const Meaning& meaning, const Segment& segment) {
    if (meaning.source.starts_with("RFC")) return std::string(meaning.source);
    if (!meaning.source.empty()) {
        return fmt::format("RFC 9293 {} · {}", meaning.source, title_of_section(meaning.source));
    }
    return segment.headers[0] >> 4U == 6 ? "RFC 8200 3" : "RFC 791 3.1";
}

std::string window_text(const Timeline& timeline, const TimelineIndex& index,
                        const Segment& segment) {
    if (segment.flags.syn()) {
        return say(counted(segment.window, Text::FieldWindowSynOne, Text::FieldWindowSyn),
                   segment.window);
    }
    const auto shift = window_shift(timeline, index, segment);
    if (!shift) return say(Text::MeansWindowUnknown);
    if (*shift == 0) return say(Text::MeansWindowPlain, segment.window);
    return say(Text::MeansWindowScaled, segment.window, 1U << *shift,
               std::uint64_t{segment.window} << *shift);
}

struct Describer {
    const Timeline& timeline;
    const TimelineIndex& index;
    const Segment& segment;
    const HeaderField& place;
    std::uint64_t value;

    SeqBase base() const { return base_of(timeline.at(timeline.size()), segment.from, false); }
    std::string relative(SeqNum from) const {
        const SeqNum number(static_cast<std::uint32_t>(value));
        return say(Text::FieldRelative, value, distance(from, number));
    }
    std::string value_text(const std::string& shown) const {
        const Field field = place.id.field;
        if (field == Field::Sequence) return relative(base().sender);
        if (field == Field::Acknowledgment && segment.flags.ack()) return relative(base().receiver);
        if (field == Field::SackLeft || field == Field::SackRight) return relative(base().receiver);
        const bool number = place.bits > 4 && place.bits <= 32 && !shown.starts_with("0x") &&
                            field != Field::SourceAddress && field != Field::DestinationAddress;
        if (!number) return shown;
        const int digits = static_cast<int>((place.bits + 3) / 4);
        return fmt::format("{}   0x{:0{}x}", shown, value, digits);
    }
    std::string meaning_text() const {
        const Field field = place.id.field;
        const Text says = meaning_of(field).says;
        const bool words = field == Field::HeaderLength || field == Field::DataOffset;
        if (words) return say(says, value * 4);
        if (field == Field::OptionKind) return kind_text();
        if (field == Field::ScaleShift) return say(says, 1U << std::min<std::uint64_t>(value, 14));
        if (field == Field::Window) return say(says) + " " + window_text(timeline, index, segment);
        if (field == Field::Acknowledgment && !segment.flags.ack()) return say(Text::FieldNoAck);
        if (field == Field::UrgentPointer && !segment.flags.has(Flags::kUrg))
            return say(says) + " " + say(Text::FieldNoUrgent);
        return say(says);
    }
    std::string kind_text() const {
        const std::string text = say(Text::MeansKind, value);
        return value == 4 ? text + " " + say(Text::MeansSackPermitted) : text;
    }
};

std::string place_text(const HeaderField& place) {
    const std::size_t first = place.bit / 8;
    const std::size_t last = (place.bit + place.bits - 1) / 8;
    if (first != last) return say(Text::InspectBits, first, last, place.bits);
    if (place.bits > 1) return say(Text::InspectBitsIn, first, place.bits);
    return say(Text::InspectBit, first, place.bit % 8);
}

std::string before_text(const Timeline& timeline, const WireField& field, SegmentId previous) {
    if (previous == 0) return say(Text::InspectFirst);
    const std::string number = timeline.number(previous);
    if (!field.differs) return say(Text::InspectSame, number);
    if (field.before.empty()) return say(Text::InspectNew, number);
    return say(Text::InspectWas, number, field.before);
}

}  // namespace

FieldMeaning octet_meaning(const WireField& field, std::uint32_t length) {
    FieldMeaning meaning;
    meaning.name = say(Text::PayloadOctet, field.place.id.nth + 1);
    const unsigned octet = static_cast<unsigned>(std::stoul(field.value, nullptr, 16));
    meaning.value = fmt::format("{}   0x{}   {}", octet, field.value, field.name);
    meaning.place = place_text(field.place);
    meaning.before = say(Text::PayloadOctetOf, field.place.id.nth + 1, length);
    return meaning;
}

FieldMeaning field_meaning(const Timeline& timeline, const TimelineIndex& index,
                           const Segment& segment, const WireField& field, SegmentId previous) {
    if (field.part == WirePart::Payload) {
        FieldMeaning meaning = octet_meaning(field, segment.length);
        const SeqNum number = segment.seq + (segment.flags.syn() ? 1U : 0U) + field.place.id.nth;
        const SeqBase base = base_of(timeline.at(timeline.size()), segment.from, false);
        const Meaning& says = meaning_of(Field::Payload);
        meaning.meaning = say(says.says, number.raw(), distance(base.sender, number));
        meaning.source = source_of(says, segment);
        return meaning;
    }
    const Describer describer{timeline, index, segment, field.place,
                              value_of(field.place, segment.headers)};
    FieldMeaning meaning;
    meaning.name = field.name;
    meaning.value = describer.value_text(field.value);
    meaning.place = place_text(field.place);
    meaning.meaning = describer.meaning_text();
    meaning.source = source_of(meaning_of(field.place.id.field), segment);
    meaning.before = before_text(timeline, field, previous);
    meaning.differs = field.differs;
    return meaning;
}

}  // namespace tcpstep::view::octets
