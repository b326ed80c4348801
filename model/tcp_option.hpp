#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/seq_num.hpp"

namespace tcpstep::model {

// The TCP options (IANA registry "TCP Option Kind Numbers"), each as a value.

struct EndOfOptions {  ///< kind 0, RFC 9293 3.2
    bool operator==(const EndOfOptions&) const = default;
};
struct NoOperation {  ///< kind 1, RFC 9293 3.2
    bool operator==(const NoOperation&) const = default;
};
struct MaximumSegmentSize {  ///< kind 2, RFC 9293 3.7.1
    std::uint16_t octets = 0;
    bool operator==(const MaximumSegmentSize&) const = default;
};
struct WindowScale {  ///< kind 3, RFC 7323 2
    std::uint8_t shift = 0;
    bool operator==(const WindowScale&) const = default;
};
struct SackPermitted {  ///< kind 4, RFC 2018 2
    bool operator==(const SackPermitted&) const = default;
};
struct SackBlocks {  ///< kind 5, RFC 2018 3
    struct Block {
        SeqNum left;   ///< first sequence number of the block
        SeqNum right;  ///< the one just after its last
        bool operator==(const Block&) const = default;
    };
    std::vector<Block> blocks;
    bool operator==(const SackBlocks&) const = default;
};
struct Timestamps {  ///< kind 8, RFC 7323 3
    std::uint32_t value = 0;
    std::uint32_t echo_reply = 0;
    bool operator==(const Timestamps&) const = default;
};
struct FastOpen {               ///< kind 34, RFC 7413 4.1.1
    bool experimental = false;  ///< as kind 254 with the number 0xf989, before 34 was assigned
    std::vector<std::uint8_t> cookie;  ///< 4 to 16 octets, an even number; none asks for one
    bool operator==(const FastOpen&) const = default;
};
struct MultipathTcp {                ///< kind 30, RFC 8684 3
    std::vector<std::uint8_t> data;  ///< without kind and length; at least one octet
    bool operator==(const MultipathTcp&) const = default;
};
struct OtherOption {  ///< any other kind, kept as it was on the wire
    std::uint8_t kind = 0;
    std::vector<std::uint8_t> data;  ///< without kind and length
    bool operator==(const OtherOption&) const = default;
};
struct MalformedOptions {  ///< from here on the option area makes no sense; its bytes
    std::vector<std::uint8_t> data;
    bool operator==(const MalformedOptions&) const = default;
};

using TcpOption =
    std::variant<EndOfOptions, NoOperation, MaximumSegmentSize, WindowScale, SackPermitted,
                 SackBlocks, Timestamps, FastOpen, MultipathTcp, OtherOption, MalformedOptions>;

/// What it is for, tcpdump's word: "capable", "join", "dss"; "unknown" for a number that RFC 8684
/// does not assign.
std::string_view subtype(const MultipathTcp& option);

/// Reads the option area of a TCP header. Never fails: what does not parse comes last, as
/// MalformedOptions. Nothing after the end-of-options octet is read.
std::vector<TcpOption> parse_tcp_options(std::span<const std::uint8_t> area);

/// As tcpdump writes them: "mss 65495,sackOK,TS val 1 ecr 0,nop,wscale 7"; SACK edges are
/// relative to `sack_base`. Of Multipath TCP only the subtype is named: "mptcp join".
std::string to_line(const std::vector<TcpOption>& options, SeqNum sack_base = SeqNum());

}  // namespace tcpstep::model
