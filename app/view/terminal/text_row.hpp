#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/strings/strings.hpp"
#include "model/event.hpp"
#include "model/segment.hpp"
#include "model/time.hpp"

namespace tcpstep::view::terminal {

/// One row of the ladder in the terminal: 80 columns, in English ASCII only.
struct TextRow {
    // With one column between them, 80.
    static constexpr std::size_t kTime = 7, kState = 11, kCalls = 13, kArrow = 20;

    std::string time;
    std::string state[2];  ///< of client, server
    std::string calls[2];
    std::string arrow;  ///< empty: the lifelines only

    /// With its line feed.
    std::string line() const;
};

/// Since the first event: milliseconds with microseconds, "0.118"; from a second on "1.235s".
std::string time_cell(model::Duration since);

/// What of a segment's way a row shows. Before a gate there are two rows for it; what is between
/// them is in flight.
enum class Way : std::uint8_t {
    Whole,    ///< "|-S 0:0(0)-------->|"
    Begins,   ///< "|-S 0:0(0)- - - -  |"
    Arrives,  ///< "| - - - -S 0:0(0)->|"
    IsLost,   ///< "|  - - -S 0:0(0)-X |"
};

/// A segment as an arrow between the lifelines. What is too long loses its acknowledgment first,
/// then its range, but neither its flags nor its length: "P. (1000000)". `again`: it is sent again.
std::string arrow_cell(const model::Segment& segment, model::SeqBase base, Way way, bool again);

/// What is no segment as such an arrow: the first of `words` that fits.
std::string datagram_cell(model::Role from, const std::vector<std::string>& words);

/// Words about a segment between the lifelines: `words` with its line, shortened as needed, for the
/// placeholder.
std::string wire_cell(strings::Text words, const model::Segment& segment, model::SeqBase base);

/// "|  S sent again 3x  |"
std::string sent_again_cell(const model::Segment& segment, std::size_t count);

/// "accept(7)": of the arguments only the descriptor has a place, and not with a long name; the
/// window shows them all.
std::string call_cell(const model::CallEntered& call);

/// "accept(7) = 8", in as many lines as the column needs: "= 8" or a failure's name takes one of
/// its own. `call` is what call_cell() said.
std::vector<std::string> returned_cell(const std::string& call,
                                       const model::CallReturned& returned);

}  // namespace tcpstep::view::terminal
