#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/view/palette.hpp"
#include "model/connection.hpp"
#include "model/segment.hpp"

namespace tcpstep::view {

/// What a segment is first of all; decides the arrow's colour, line and glyph.
enum class SegmentKind : std::uint8_t { Syn, Fin, Rst, Data, Ack };

SegmentKind kind_of(const model::Segment& segment);
ColourRole colour_of(SegmentKind kind);

/// How much it carries, as one of its numbers: "len 5".
std::string length_number(const model::Segment& segment);

/// The same in words: "5 octets".
std::string length_text(const model::Segment& segment);

/// "SYN, ACK"; for a segment with payload its length too: "PSH, ACK · 5 octets".
std::string flags_label(const model::Segment& segment);

/// From where the numbers of a segment sent by `from` are counted: both initial sequence numbers
/// as far as they are known, zero (raw numbers) for one that is not or if `raw`.
model::SeqBase base_of(const model::Connection& connection, model::Role from, bool raw);

/// The edges of its SACK blocks as they stand in the option, RFC 2018 3, "SACK 8-13": up to but not
/// with octet 13. Empty if there are none.
std::string sack_text(const model::Segment& segment, model::SeqBase base);

/// One of the numbers of a segment.
struct NumberWord {
    std::string text;   ///< "seq 0", "ack 1", "len 5", "win 65483", "SACK 8-13", "sackOK" ...
    unsigned rank = 0;  ///< where there is no room for all those with a greater rank go first
    bool operator==(const NumberWord&) const = default;
};

/// In the order in which they are read. What a segment is for outlives all else: the length of
/// data, which is left out if it stands in its label already, what a pure ACK acknowledges, else
/// where it begins.
std::vector<NumberWord> number_words(const model::Segment& segment, model::SeqBase base,
                                     bool length_is_said = false);

/// The `count` of them that tell most, in a line: "seq 1  len 5".
std::string most_telling(const std::vector<NumberWord>& words, std::size_t count);

/// "client → server"
std::string direction_text(model::Role from);

/// "client", "server" in the program's language.
std::string role_word(model::Role role);

/// Whose call it is: "server", "server's child 4711".
std::string caller_word(model::Role role, model::Process process);

}  // namespace tcpstep::view
