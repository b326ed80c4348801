#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/segment.hpp"

namespace tcpstep::view::octets {

/// A field of the TCP header (RFC 9293 3.1) with its bytes on the wire.
struct ByteField {
    enum class Id : std::uint8_t {
        SourcePort,
        DestinationPort,
        Sequence,
        Acknowledgment,
        OffsetAndFlags,
        Window,
        Checksum,
        Urgent,
        Options,
    };
    Id id = Id::SourcePort;
    std::string bytes;  ///< "a0 12"; "seq 1720913139" if the trace carries no bytes
    std::string name;   ///< "Flags 0x012"
    std::string value;  ///< "SYN = 1: synchronize sequence numbers   ACK = 1: ..."
};

struct SegmentBytes {
    std::string title;              ///< "SEGMENT 2 · SYN, ACK · server → client"
    std::string extent;             ///< "20 + 40 header bytes, 5 of data"
    std::vector<ByteField> fields;  ///< of the TCP header; if the trace carries no bytes, those
                                    ///< whose values it has all the same
    std::string options;            ///< the options in words; empty if there are none
};

/// The header of `segment`, field by field. A header that is cut short ends with its last whole
/// field. `base` is for the relative numbers beside the raw ones; `title`: see segment_title().
SegmentBytes segment_bytes(const model::Segment& segment, model::SeqBase base, std::string title);

}  // namespace tcpstep::view::octets
