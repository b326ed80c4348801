#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "model/tracked_change.hpp"

namespace tcpstep::model {

/// How a captured connection began.
enum class Beginning : std::uint8_t {
    BeforeCapture,     ///< no SYN of the client's was captured
    Attempt,           ///< with a SYN; nothing tells that an end came to be ESTABLISHED
    Handshake,         ///< SYN, SYN-ACK, ACK
    FastOpen,          ///< the same, with data in the SYN (RFC 7413)
    SimultaneousOpen,  ///< a SYN from both (RFC 9293 3.5)
};

/// How it ended, as far as the capture goes.
enum class Ending : std::uint8_t {
    NotKnown,    ///< nothing proves a state of either end
    Open,        ///< it did not end
    HalfClosed,  ///< `by` has closed, the other end has not
    Closing,     ///< both have closed; the last ACKs are missing. `by` closed first
    Closed,      ///< both have closed, `by` first
    Reset,       ///< `by` sent a RST
    Refused,     ///< `by` answered the SYN with a RST
    NoAnswer,    ///< the SYN had none
    Unfinished,  ///< the SYN had an answer, the handshake no end
    TimedOut,    ///< `by` gave up
};

/// What became of a connection, in a few words.
struct ConnectionStory {
    Beginning began = Beginning::BeforeCapture;
    Ending ended = Ending::NotKnown;
    /// The endpoint that brought the end about; nothing where neither did, or both at once.
    std::optional<Role> by;

    bool operator==(const ConnectionStory&) const = default;
};

/// Tells it from all changes of one connection, in the order of the Tracker. `data_in_syn`: a SYN
/// of the client's carried payload.
ConnectionStory story_of(std::span<const TrackedChange> changes, bool data_in_syn);

}  // namespace tcpstep::model
