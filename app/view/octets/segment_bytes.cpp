#include "app/view/octets/segment_bytes.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "model/header_layout.hpp"
#include "model/tcp_option.hpp"

namespace tcpstep::view::octets {

using namespace model;

namespace {

using Id = ByteField::Id;

struct Extent {
    Id id;
    std::size_t at, size;
};

constexpr std::array kFixedHeader = {
    Extent{Id::SourcePort, 0, 2},     Extent{Id::DestinationPort, 2, 2}, Extent{Id::Sequence, 4, 4},
    Extent{Id::Acknowledgment, 8, 4}, Extent{Id::OffsetAndFlags, 12, 2}, Extent{Id::Window, 14, 2},
    Extent{Id::Checksum, 16, 2},      Extent{Id::Urgent, 18, 2}};
constexpr std::size_t kFixedSize = 20;

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (std::uint8_t byte : bytes) {
        if (!text.empty()) text += ' ';
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

std::uint32_t number(std::span<const std::uint8_t> bytes) {
    std::uint32_t value = 0;
    for (std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
}

std::string flags_value(Flags flags) {
    constexpr std::array kMeanings = {
        std::pair{Flags::kSyn, Text::FlagSyn}, std::pair{Flags::kFin, Text::FlagFin},
        std::pair{Flags::kRst, Text::FlagRst}, std::pair{Flags::kPsh, Text::FlagPsh},
        std::pair{Flags::kAck, Text::FlagAck}, std::pair{Flags::kUrg, Text::FlagUrg},
        std::pair{Flags::kEce, Text::FlagEce}, std::pair{Flags::kCwr, Text::FlagCwr},
        std::pair{Flags::kAe, Text::FlagAe}};
    std::string text;
    for (const auto& [mask, meaning] : kMeanings) {
        if (!flags.has(mask)) continue;
        if (!text.empty()) text += "   ";
        text += say(meaning);
    }
    return text.empty() ? say(Text::FlagNone) : text;
}

void explain(ByteField& field, std::uint32_t value, const Segment& segment, SeqBase base) {
    switch (field.id) {
        case Id::SourcePort:
        case Id::DestinationPort:
            field.name = say(field.id == Id::SourcePort ? Text::FieldSourcePort
                                                        : Text::FieldDestinationPort);
            field.value = fmt::format("{}", value);
            break;
        case Id::Sequence:
            field.name = say(Text::FieldSequence);
            field.value = say(Text::FieldRelative, value, distance(base.sender, SeqNum(value)));
            break;
        case Id::Acknowledgment:
            field.name = say(Text::FieldAcknowledgment);
            field.value = segment.flags.ack() ? say(Text::FieldRelative, value,
                                                    distance(base.receiver, SeqNum(value)))
                                              : say(Text::FieldNoAck);
            break;
        case Id::OffsetAndFlags:
            field.name = say(Text::FieldFlags, value & 0x1ff);
            field.value = flags_value(Flags(static_cast<std::uint16_t>(value)));
            break;
        case Id::Window:
            field.name = say(Text::FieldWindow);
            field.value =
                segment.flags.syn()
                    ? say(counted(value, Text::FieldWindowSynOne, Text::FieldWindowSyn), value)
                    : say(Text::FieldWindowValue, value);
            break;
        case Id::Checksum:
            field.name = say(Text::FieldChecksum);
            field.value = say(Text::FieldChecksumValue, value);
            break;
        case Id::Urgent:
            field.name = say(Text::FieldUrgent);
            field.value = segment.flags.has(Flags::kUrg) ? fmt::format("{}", value)
                                                         : say(Text::FieldNoUrgent);
            break;
        case Id::Options:
            field.name = say(Text::FieldOptions);
            field.value = field.bytes;
            break;
    }
}

std::string option_words(const TcpOption& option) {
    struct Words {
        std::string operator()(const EndOfOptions&) const { return "eol"; }
        std::string operator()(const NoOperation&) const { return {}; }
        std::string operator()(const MaximumSegmentSize& o) const {
            return fmt::format("MSS {}", o.octets);
        }
        std::string operator()(const WindowScale& o) const {
            return say(Text::OptionWindowScale, o.shift, 1ULL << std::min<unsigned>(o.shift, 14));
        }
        std::string operator()(const SackPermitted&) const {
            return say(Text::OptionSackPermitted);
        }
        std::string operator()(const SackBlocks& o) const {
            return say(counted(o.blocks.size(), Text::OptionSackBlocksOne, Text::OptionSackBlocks),
                       o.blocks.size());
        }
        std::string operator()(const Timestamps& o) const {
            return say(Text::OptionTimestamps, o.value, o.echo_reply);
        }
        std::string operator()(const FastOpen& o) const {
            return say(o.cookie.empty() ? Text::OptionFastOpenRequest : Text::OptionFastOpenCookie);
        }
        std::string operator()(const MultipathTcp& o) const {
            return say(Text::OptionMultipath, model::subtype(o));
        }
        std::string operator()(const OtherOption& o) const {
            return say(Text::OptionOther, o.kind);
        }
        std::string operator()(const MalformedOptions& o) const {
            return say(counted(o.data.size(), Text::OptionMalformedOne, Text::OptionMalformed),
                       o.data.size());
        }
    };
    return std::visit(Words{}, option);
}

// What a trace without bytes tells of the header.
std::vector<ByteField> values_of(const Segment& segment, SeqBase base) {
    std::vector<ByteField> fields;
    const auto add = [&](Id id, std::uint32_t value, std::string shown) {
        ByteField field;
        field.id = id;
        field.bytes = std::move(shown);
        explain(field, value, segment, base);
        fields.push_back(std::move(field));
    };
    add(Id::Sequence, segment.seq.raw(), fmt::format("seq {}", segment.seq.raw()));
    if (segment.flags.ack()) {
        add(Id::Acknowledgment, segment.ack.raw(), fmt::format("ack {}", segment.ack.raw()));
    }
    add(Id::OffsetAndFlags, segment.flags.bits(), to_label(segment.flags));
    add(Id::Window, segment.window, fmt::format("win {}", segment.window));
    return fields;
}

std::string extent_text(const Segment& segment, std::size_t header) {
    if (header == 0) return say(Text::BytesNone);
    return segment.length > 0 ? say(Text::BytesWithData, header, segment.length)
                              : say(Text::BytesHeader, header);
}

}  // namespace

SegmentBytes segment_bytes(const Segment& segment, SeqBase base, std::string title) {
    SegmentBytes bytes;
    bytes.title = std::move(title);
    const std::size_t tcp = model::tcp_header_offset(segment.headers);
    bytes.extent = extent_text(segment, segment.headers.size() - tcp);
    const std::span<const std::uint8_t> header = std::span(segment.headers).subspan(tcp);
    const auto add = [&](Id id, std::span<const std::uint8_t> part) {
        ByteField field;
        field.id = id;
        field.bytes = hex(part);
        explain(field, number(part), segment, base);
        bytes.fields.push_back(std::move(field));
    };
    for (const Extent& extent : kFixedHeader) {
        if (extent.at + extent.size > header.size()) break;
        add(extent.id, header.subspan(extent.at, extent.size));
    }
    if (header.size() > kFixedSize) add(Id::Options, header.subspan(kFixedSize));
    if (header.empty()) bytes.fields = values_of(segment, base);
    for (const TcpOption& option : segment.options) {
        const std::string words = option_words(option);
        if (words.empty()) continue;
        if (!bytes.options.empty()) bytes.options += " · ";
        bytes.options += words;
    }
    return bytes;
}

}  // namespace tcpstep::view::octets
