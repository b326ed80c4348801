#pragma once

#include <cstddef>

#include "model/trace.hpp"

namespace tcpstep::testing {

/// A capture of many short connections, one after the other, a segment a microsecond. In turn one
/// is closed, client first (7 segments, 10 octets), one refused (2), and one stays open (4).
class ManyConnections {
  public:
    /// Appends to `trace`.
    explicit ManyConnections(std::size_t count, model::Trace trace = {});

    void one_more();
    /// Another one like it between the same ends, later.
    void again(model::ConnectionIndex connection);

    model::Trace trace;

  private:
    void converse(const model::ConnectionId& id, std::size_t kind);
    void send(model::Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
              std::uint32_t length = 0);

    model::ConnectionIndex connection_ = 0;
    model::SegmentId id_ = 0;
    std::size_t made_ = 0;
};

}  // namespace tcpstep::testing
