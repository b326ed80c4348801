#include "model/packed_segment.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "model/byte_order.hpp"

namespace tcpstep::model {

namespace {

using Bytes = std::span<const std::uint8_t>;

// What is packed: the length of it all in one octet (or kLong and four octets), then
//   shape 1, connection and side 4, time 4 or 8, payload length 0 or 4, body.
// The body of form Whole is a summary and the headers, else the headers without what is known.
constexpr std::uint8_t kLong = 254;
constexpr std::size_t kShortPrefix = 1, kLongPrefix = 5;
constexpr std::size_t kMostHeadersOfShort = 200;  // with the rest less than 254 octets

// The shape octet: a form, and these.
enum class Form : std::uint8_t { Ipv4, Ipv6, Whole };
constexpr std::uint8_t kFormBits = 0x03;
constexpr std::uint8_t kWideTime = 0x04;        // 8 octets
constexpr std::uint8_t kLengthApart = 0x08;     // the headers do not tell the payload length
constexpr std::uint8_t kOnlyTimestamps = 0x10;  // the options are kTimestampsPrefix and 8 octets

// Linux, and RFC 7323 appendix A: NOP, NOP, timestamps of 10 octets.
constexpr std::array<std::uint8_t, 4> kTimestampsPrefix = {1, 1, 8, 10};
constexpr std::size_t kTimestampsOctets = 12;

constexpr std::uint8_t kVersion4 = 0x45, kTcp = 6;
constexpr std::size_t kIpv4Header = 20, kIpv6Header = 40, kPorts = 4, kTcpHeader = 20;
// Of the TCP header all but the ports is kept; of the IP headers these.
constexpr std::size_t kTcpKept = kTcpHeader - kPorts, kIpv4Kept = 10, kIpv6Kept = 7;

/// Reads and writes one value behind the other, in the byte order of this machine.
template <class Value>
Value take(const std::uint8_t*& at) {
    Value value;
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
    return value;
}

template <class Value>
void put(std::uint8_t*& at, const Value& value) {
    std::memcpy(at, &value, sizeof value);
    at += sizeof value;
}

void put(std::uint8_t*& at, const std::uint8_t* from, std::size_t octets) {
    std::memcpy(at, from, octets);
    at += octets;
}

void put_be16(std::uint8_t*& at, std::uint16_t value) {
    put(at, static_cast<std::uint8_t>(value >> 8U));
    put(at, static_cast<std::uint8_t>(value & 0xffU));
}

bool only_timestamps(Bytes options) {
    return options.size() == kTimestampsOctets &&
           std::memcmp(options.data(), kTimestampsPrefix.data(), kTimestampsPrefix.size()) == 0;
}

// Value and echo of the first timestamps option, as parse_tcp_options() finds it, without making
// a vector; nullptr if there is none.
const std::uint8_t* find_timestamps(Bytes options) {
    if (only_timestamps(options)) return &options[kTimestampsPrefix.size()];
    std::size_t at = 0;
    while (at + 10 <= options.size() && options[at] != 0) {
        if (options[at] == 1) {
            ++at;
        } else if (options[at + 1] < 2) {
            return nullptr;
        } else if (options[at] == 8 && options[at + 1] == 10) {
            return &options[at + 2];
        } else {
            at += options[at + 1];
        }
    }
    return nullptr;
}

// `tcp` is a TCP header without its ports.
std::size_t data_offset(const std::uint8_t* tcp) {
    return std::size_t{tcp[8]} >> 4U << 2U;
}

void read_tcp(SegmentSummary& summary, const std::uint8_t* tcp, const std::uint8_t* timestamps) {
    summary.seq = SeqNum(be32(tcp));
    summary.ack = SeqNum(be32(tcp + 4));
    summary.flags = Flags(be16(tcp + 8));
    summary.window = be16(tcp + 10);
    if (timestamps != nullptr) {
        summary.has_timestamps = true;
        summary.timestamp = be32(timestamps);
        summary.timestamp_echo = be32(timestamps + 4);
    }
}

std::size_t address_octets(const SocketAddress& end) {
    return end.ip.v6 ? 16 : 4;
}

bool has_ports(const std::uint8_t* tcp, const SegmentToPack& segment) {
    return be16(tcp) == segment.source.port && be16(tcp + 2) == segment.destination.port;
}

template <std::size_t kOctets>
bool are_addresses(const std::uint8_t* at, const SegmentToPack& segment) {
    return std::memcmp(at, segment.source.ip.bytes.data(), kOctets) == 0 &&
           std::memcmp(at + kOctets, segment.destination.ip.bytes.data(), kOctets) == 0;
}

std::size_t ip_header(Form form) {
    return form == Form::Ipv4 ? kIpv4Header : kIpv6Header;
}

std::size_t ip_kept(Form form) {
    return form == Form::Ipv4 ? kIpv4Kept : kIpv6Kept;
}

bool expected_ip(Form form, const SegmentToPack& segment) {
    const std::uint8_t* ip = segment.headers.data();
    if (form == Form::Ipv4) {
        return ip[0] == kVersion4 && ip[9] == kTcp && are_addresses<4>(ip + 12, segment);
    }
    return ip[0] >> 4U == 6 && ip[6] == kTcp && are_addresses<16>(ip + 8, segment);
}

// Octets of the TCP header and the payload; less than the TCP header if the IP header does not
// tell.
std::size_t stated_length(Form form, const std::uint8_t* ip) {
    if (form == Form::Ipv6) return be16(ip + 4);
    return std::max<std::size_t>(be16(ip + 2), kIpv4Header) - kIpv4Header;
}

// Of what the headers tell; the rest is kept apart, or not at all. Without a branch.
bool tell_the_same(const SegmentSummary& one, const SegmentSummary& other) {
    const std::uint32_t numbers =
        (one.seq.raw() ^ other.seq.raw()) | (one.ack.raw() ^ other.ack.raw());
    const std::uint32_t times =
        (one.timestamp ^ other.timestamp) | (one.timestamp_echo ^ other.timestamp_echo);
    const int rest = (one.window ^ other.window) | (one.ip_id ^ other.ip_id) |
                     (one.flags.bits() ^ other.flags.bits()) |
                     (one.has_timestamps ^ other.has_timestamps);
    return (numbers | times | static_cast<std::uint32_t>(rest)) == 0;
}

/// The headers are as expected: no IP options, whole, and they say what the place and the summary
/// say, or Whole.
Form form_of(const SegmentToPack& segment) {
    const Form form = segment.source.ip.v6 ? Form::Ipv6 : Form::Ipv4;
    const std::size_t ip = ip_header(form);
    const Bytes headers = segment.headers;
    if (headers.size() < ip + kTcpHeader || !expected_ip(form, segment)) return Form::Whole;
    const std::uint8_t* tcp = headers.data() + ip;
    if (headers.size() != ip + data_offset(tcp + kPorts) || !has_ports(tcp, segment)) {
        return Form::Whole;
    }
    SegmentSummary told;
    const Bytes options = headers.subspan(ip + kTcpHeader);
    read_tcp(told, tcp + kPorts, find_timestamps(options));
    if (form == Form::Ipv4) told.ip_id = be16(headers.data() + 4);
    return tell_the_same(told, segment.summary) ? form : Form::Whole;
}

void put_whole(std::uint8_t*& at, const SegmentToPack& segment) {
    const SegmentSummary& summary = segment.summary;
    put(at, summary.seq.raw());
    put(at, summary.ack.raw());
    put(at, summary.timestamp);
    put(at, summary.timestamp_echo);
    put(at, summary.window);
    put(at, summary.ip_id);
    put(at, summary.flags.bits());
    put(at, summary.has_timestamps);
    put(at, segment.headers.data(), segment.headers.size());
}

SegmentSummary take_whole(const std::uint8_t*& at) {
    SegmentSummary summary;
    summary.seq = SeqNum(take<std::uint32_t>(at));
    summary.ack = SeqNum(take<std::uint32_t>(at));
    summary.timestamp = take<std::uint32_t>(at);
    summary.timestamp_echo = take<std::uint32_t>(at);
    summary.window = take<std::uint16_t>(at);
    summary.ip_id = take<std::uint16_t>(at);
    summary.flags = Flags(take<std::uint16_t>(at));
    summary.has_timestamps = take<bool>(at);
    return summary;
}

// Version, protocol and addresses go. What is kept of IPv4: type of service to time to live, and
// the checksum; of IPv6: all before the next header (with the traffic class beside the version),
// and the hop limit.
void put_regular(std::uint8_t*& at, Form form, Bytes headers, bool timestamps) {
    const std::uint8_t* ip = headers.data();
    if (form == Form::Ipv4) {
        put(at, ip + 1, 8);
        put(at, ip + 10, 2);
    } else {
        put(at, ip, 6);
        put(at, ip + 7, 1);
    }
    const std::size_t tcp = ip_header(form) + kPorts;
    put(at, ip + tcp, kTcpKept);
    const Bytes options = headers.subspan(tcp + kTcpKept);
    if (timestamps) {
        put(at, options.data() + kTimestampsPrefix.size(), 8);
    } else {
        put(at, options.data(), options.size());
    }
}

// Times in a file may be anything, so they are counted round the circle of 2^64.
std::int64_t count(Time base, Time time) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.time_since_epoch().count()) -
                                     static_cast<std::uint64_t>(base.time_since_epoch().count()));
}

Time count_back(Time base, std::int64_t since) {
    return Time(Duration(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(base.time_since_epoch().count()) +
                                  static_cast<std::uint64_t>(since))));
}

std::uint8_t shape_of(const SegmentToPack& segment, std::int64_t since) {
    const Form form = form_of(segment);
    unsigned shape = static_cast<unsigned>(form);
    if (since != static_cast<std::int32_t>(since)) shape |= kWideTime;
    if (form == Form::Whole) return static_cast<std::uint8_t>(shape | kLengthApart);
    const Bytes options = segment.headers.subspan(ip_header(form) + kTcpHeader);
    if (only_timestamps(options)) shape |= kOnlyTimestamps;
    const std::size_t length = kTcpHeader + options.size() + segment.summary.length;
    if (stated_length(form, segment.headers.data()) != length) shape |= kLengthApart;
    return static_cast<std::uint8_t>(shape);
}

Form form_in(std::uint8_t shape) {
    return static_cast<Form>(shape & kFormBits);
}

}  // namespace

Packed pack(std::uint8_t* at, const SegmentToPack& segment, Time base) {
    const std::int64_t since = count(base, segment.summary.time);
    const std::uint8_t shape = shape_of(segment, since);
    std::uint8_t* const begin = at;
    const bool is_long = segment.headers.size() > kMostHeadersOfShort;
    at += is_long ? kLongPrefix : kShortPrefix;
    put(at, shape);
    std::uint8_t* const place_at = at;
    at += sizeof(std::uint32_t);
    if ((shape & kWideTime) != 0) {
        put(at, since);
    } else {
        put(at, static_cast<std::int32_t>(since));
    }
    if ((shape & kLengthApart) != 0) put(at, segment.summary.length);
    if (form_in(shape) == Form::Whole) {
        put_whole(at, segment);
    } else {
        put_regular(at, form_in(shape), segment.headers, (shape & kOnlyTimestamps) != 0);
    }
    const auto size = static_cast<std::uint32_t>(at - begin);
    *begin = is_long ? kLong : static_cast<std::uint8_t>(size);
    if (is_long) std::memcpy(begin + 1, &size, sizeof size);
    return {at, place_at};
}

void pack_place(std::uint8_t* at, SegmentPlace place) {
    assert(place.connection < 1U << 31U);
    const std::uint32_t both = place.connection << 1U | static_cast<std::uint32_t>(place.side);
    std::memcpy(at, &both, sizeof both);
}

PackedSegment::PackedSegment(const std::uint8_t* at) {
    if (*at == kLong) {
        shape_ = at + kLongPrefix;
        const std::uint8_t* size = at + 1;
        end_ = at + take<std::uint32_t>(size);
    } else {
        shape_ = at + kShortPrefix;
        end_ = at + *at;
    }
}

SegmentPlace PackedSegment::place() const {
    const std::uint8_t* at = place_at();
    const auto both = take<std::uint32_t>(at);
    return {both >> 1U, static_cast<Side>(both & 1U)};
}

const std::uint8_t* PackedSegment::time_at() const {
    return place_at() + sizeof(std::uint32_t);
}

const std::uint8_t* PackedSegment::length_at() const {
    return time_at() + ((*shape_ & kWideTime) != 0 ? 8 : 4);
}

const std::uint8_t* PackedSegment::body() const {
    return length_at() + ((*shape_ & kLengthApart) != 0 ? 4 : 0);
}

Time PackedSegment::time(Time base) const {
    const std::uint8_t* at = time_at();
    return count_back(base, (*shape_ & kWideTime) != 0 ? take<std::int64_t>(at)
                                                       : std::int64_t{take<std::int32_t>(at)});
}

SegmentSummary PackedSegment::summary(Time base) const {
    const Form form = form_in(*shape_);
    const bool timestamps = (*shape_ & kOnlyTimestamps) != 0;
    const std::uint8_t* at = body();
    SegmentSummary summary;
    if (form == Form::Whole) {
        summary = take_whole(at);
    } else {
        const std::uint8_t* tcp = at + ip_kept(form);
        const Bytes options(tcp + kTcpKept, end_);
        read_tcp(summary, tcp, timestamps ? options.data() : find_timestamps(options));
        // Of IPv4 the first octet is not kept.
        const std::uint8_t* ip = form == Form::Ipv4 ? at - 1 : at;
        if (form == Form::Ipv4) summary.ip_id = be16(ip + 4);
        const std::size_t stated = stated_length(form, ip);
        summary.length = static_cast<std::uint32_t>(stated - data_offset(tcp));
    }
    if ((*shape_ & kLengthApart) != 0) {
        const std::uint8_t* length = length_at();
        summary.length = take<std::uint32_t>(length);
    }
    summary.time = time(base);
    return summary;
}

std::vector<std::uint8_t> PackedSegment::headers(const SocketAddress& source,
                                                 const SocketAddress& destination) const {
    const Form form = form_in(*shape_);
    const std::uint8_t* at = body();
    if (form == Form::Whole) {
        take_whole(at);
        return {at, end_};
    }
    const std::uint8_t* tcp = at + ip_kept(form);
    std::vector<std::uint8_t> headers(ip_header(form) + data_offset(tcp));
    std::uint8_t* out = headers.data();
    if (form == Form::Ipv4) {
        put(out, kVersion4);
        put(out, at, 8);
        put(out, kTcp);
        put(out, at + 8, 2);
    } else {
        put(out, at, 6);
        put(out, kTcp);
        put(out, at + 6, 1);
    }
    put(out, source.ip.bytes.data(), address_octets(source));
    put(out, destination.ip.bytes.data(), address_octets(source));
    put_be16(out, source.port);
    put_be16(out, destination.port);
    const std::uint8_t* options = tcp + kTcpKept;
    put(out, tcp, kTcpKept);
    if ((*shape_ & kOnlyTimestamps) != 0) put(out, kTimestampsPrefix);
    put(out, options, static_cast<std::size_t>(end_ - options));
    return headers;
}

}  // namespace tcpstep::model
