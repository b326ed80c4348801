#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// How a segment or a datagram is copied as text.
enum class CopyForm : std::uint8_t {
    Tcpdump,     ///< model::to_tcpdump_line()
    Json,        ///< model::qlog::event_json()
    Packetdrill  ///< model::packetdrill_line(), the client being under test
};

/// One line, the same in every language; nothing if the timeline does not have that segment. `raw`:
/// with the numbers of the header, where the form has a choice.
std::optional<std::string> copied_segment(const model::Timeline& timeline, model::SegmentId id,
                                          CopyForm form, bool raw);

/// The same of the latest datagram before the position; nothing if there is none.
std::optional<std::string> copied_datagram(const model::Timeline& timeline,
                                           const TimelineIndex& index, std::size_t position,
                                           CopyForm form);

}  // namespace tcpstep::view
