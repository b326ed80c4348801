#include "model/qlog/segment_fields.hpp"

#include <array>
#include <span>

#include "model/byte_order.hpp"
#include "model/header_layout.hpp"

namespace tcpstep::model::qlog {

namespace {

struct NamedFlag {
    std::string_view name;
    Flags flag;
};

std::optional<Flags> flag_named(std::string_view text) {
    static const auto kNamed = [] {
        std::array<NamedFlag, 9> named;
        std::uint16_t bit = Flags::kFin;
        for (NamedFlag& each : named) {
            each = {names(Flags(bit)).front(), Flags(bit)};
            bit = static_cast<std::uint16_t>(bit << 1);
        }
        return named;
    }();
    for (const NamedFlag& each : kNamed) {
        if (each.name == text) return each.flag;
    }
    return std::nullopt;
}

Flags read_flags(const Fields& data) {
    Flags flags;
    const Place place(data.place(), "flags");
    std::size_t index = 0;
    for (const Value& value : data.array("flags")) {
        const std::size_t i = index++;
        const std::string_view* text = value.text();
        const std::optional<Flags> flag = text == nullptr ? std::nullopt : flag_named(*text);
        if (!flag) {
            data.faults().add(Place(place, i), "flags: expected one of " + to_label(Flags(0x1ff)) +
                                                   ", found " + excerpt(value));
        } else if (flags.has(flag->bits())) {
            data.faults().add(Place(place, i),
                              "flags: " + std::string(*text) + " is there already");
        } else {
            flags = Flags(static_cast<std::uint16_t>(flags.bits() | flag->bits()));
        }
    }
    return flags;
}

SackBlocks read_blocks(const Fields& option) {
    SackBlocks sack;
    const Place place(option.place(), "blocks");
    std::size_t index = 0;
    for (const Value& value : option.array("blocks")) {
        const Place at(place, index++);
        const Fields block(value, at, option.faults());
        sack.blocks.push_back({SeqNum(block.number<std::uint32_t>("left")),
                               SeqNum(block.number<std::uint32_t>("right"))});
    }
    return sack;
}

MultipathTcp read_multipath(const Fields& option) {
    const std::size_t before = option.faults().count();
    const std::string_view told = option.text_view("subtype");
    MultipathTcp multipath{option.hex("data")};
    if (option.faults().count() > before) return multipath;
    // What is written is computed from the data, so it must be what it seems.
    if (multipath.data.empty()) {
        option.fault("data", "expected at least one octet");
    } else if (told != subtype(multipath)) {
        option.fault("subtype",
                     "expected " + std::string(subtype(multipath)) + ", as the data has it");
    }
    return multipath;
}

TcpOption read_option(const Fields& option) {
    const std::string_view kind = option.text_view("kind");
    if (kind == "eol") return EndOfOptions{};
    if (kind == "nop") return NoOperation{};
    if (kind == "mss") return MaximumSegmentSize{option.number<std::uint16_t>("value")};
    if (kind == "wscale") return WindowScale{option.number<std::uint8_t>("shift")};
    if (kind == "sack_permitted") return SackPermitted{};
    if (kind == "sack") return read_blocks(option);
    if (kind == "timestamps") {
        return Timestamps{option.number<std::uint32_t>("value"),
                          option.number<std::uint32_t>("echo_reply")};
    }
    if (kind == "fast_open") return FastOpen{false, option.hex("cookie")};
    if (kind == "exp_fast_open") return FastOpen{true, option.hex("cookie")};
    if (kind == "mptcp") return read_multipath(option);
    if (kind == "other") {
        return OtherOption{option.number<std::uint8_t>("number"), option.hex("data")};
    }
    if (kind == "malformed") return MalformedOptions{option.hex("data")};
    const Value* found = option.optional("kind");
    if (found != nullptr && found->text() != nullptr) {
        option.expected(
            "kind",
            "one of mss, wscale, sack_permitted, sack, timestamps, nop, eol, fast_open, "
            "exp_fast_open, mptcp, other, malformed",
            *found);
    }
    return EndOfOptions{};
}

std::vector<TcpOption> read_options(const Fields& data) {
    std::vector<TcpOption> options;
    const Place place(data.place(), "options");
    const Value& values = data.array("options");
    options.reserve(values.size());
    std::size_t index = 0;
    for (const Value& value : values) {
        const Place at(place, index++);
        options.push_back(read_option(Fields(value, at, data.faults())));
    }
    return options;
}

// `whole` is what has the payload, of `length` octets: "segment".
std::vector<std::uint8_t> read_payload(const Fields& raw, std::uint32_t length,
                                       const std::string& whole) {
    const std::size_t before = raw.faults().count();
    if (raw.required("payload_length") == nullptr) return {};
    const auto payload_length = raw.number<std::uint32_t>("payload_length");
    std::vector<std::uint8_t> payload;
    if (raw.has("payload")) payload = raw.hex("payload");
    if (raw.faults().count() > before) return {};
    // What is written is computed from the length, so it must be what it seems.
    if (payload_length != length) {
        raw.fault("payload_length",
                  "differs from the " + whole + "'s length, " + std::to_string(length));
    } else if (payload.size() > length) {
        raw.fault("payload", "expected at most " + std::to_string(length) + " octets, the " +
                                 whole + "'s length, found " + std::to_string(payload.size()));
    }
    return payload;
}

void read_raw(const Fields& data, Segment& segment) {
    const Value* value = data.optional("raw");
    if (value == nullptr) return;
    const Place place(data.place(), "raw");
    const Fields raw(*value, place, data.faults());
    const std::size_t before = data.faults().count();
    const auto length = raw.number<std::uint64_t>("length");
    segment.payload = read_payload(raw, segment.length, "segment");
    segment.headers = raw.hex("data");
    if (data.faults().count() > before) return;
    const std::uint64_t sum = segment.headers.size() + std::uint64_t{segment.length};
    if (length != sum) {
        raw.fault("length", "expected " + std::to_string(sum) + ", headers and payload, found " +
                                std::to_string(length));
    }
}

// What the segment tells of itself stands in its headers, too, as far as they were captured.
void check_headers(const Segment& segment, const Fields& data) {
    constexpr std::size_t kToWindow = 16;  // octets of the TCP header (RFC 9293 3.1)
    const std::vector<std::uint8_t>& headers = segment.headers;
    if (headers.empty()) return;
    const Place place(data.place(), "raw");
    const Fields raw(*data.required("raw"), place, data.faults());
    const unsigned version = headers.front() >> 4U;
    if (version != 4 && version != 6) {
        raw.fault("data", "expected an IP header, of version 4 or 6, found version " +
                              std::to_string(version));
        return;
    }
    const auto tcp = std::span(headers).subspan(tcp_header_offset(headers));
    if (tcp.size() < kToWindow) return;
    const auto same = [&](const char* what, std::uint32_t there, std::uint32_t told) {
        if (there == told) return;
        raw.fault("data", "expected the " + std::string(what) + " " + std::to_string(told) +
                              ", as the segment has it, found " + std::to_string(there));
    };
    same("sequence number", be32(&tcp[4]), segment.seq.raw());
    if (segment.flags.ack()) same("acknowledgment number", be32(&tcp[8]), segment.ack.raw());
    same("control bits", be16(&tcp[12]) & 0x1ffU, segment.flags.bits());
    same("window", be16(&tcp[14]), segment.window);
}

}  // namespace

Segment read_segment(const Fields& data) {
    Segment segment;
    const std::size_t at_first = data.faults().count();
    segment.id = data.number<SegmentId>("id", 1);
    segment.from = data.role("from");
    segment.seq = SeqNum(data.number<std::uint32_t>("seq"));
    segment.flags = read_flags(data);
    segment.ack = SeqNum(segment.flags.ack() ? data.number<std::uint32_t>("ack")
                                             : data.number_or_zero<std::uint32_t>("ack"));
    segment.window = data.number<std::uint16_t>("window");
    const std::size_t before = data.faults().count();
    segment.length = data.number<std::uint32_t>("length");
    const bool has_length = data.faults().count() == before;
    segment.options = read_options(data);
    if (has_length) read_raw(data, segment);
    if (data.faults().count() == at_first) check_headers(segment, data);
    return segment;
}

std::vector<std::uint8_t> read_datagram_payload(const Fields& data, std::uint32_t length) {
    const Value* value = data.optional("raw");
    if (value == nullptr) return {};
    const Place place(data.place(), "raw");
    return read_payload(Fields(*value, place, data.faults()), length, "datagram");
}

}  // namespace tcpstep::model::qlog
