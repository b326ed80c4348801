#pragma once

#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "app/lab/inbox.hpp"
#include "app/lab/progress.hpp"
#include "app/lesson/lesson.hpp"
#include "capture/packet.hpp"
#include "model/connection_table.hpp"
#include "model/qlog/writer.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"

namespace tcpstep::lab {

/// Puts what comes from the actors, the capture and the kernel into one order of time, makes the
/// lab's trace of it, and tells Progress the states that the model infers.
///
/// Calls and segments reach the lab by different ways, a little out of order. What is added waits
/// until release() says that nothing earlier can follow.
class Recorder {
  public:
    /// Begins the trace with the lesson's scenario, at `start`.
    Recorder(const lesson::Lesson& lesson, model::Time start, Progress& progress);

    void add(Inbox::Stamped stamped) { add(stamped.time, std::nullopt, std::move(stamped.fact)); }
    void add(model::Time time, std::optional<model::ConnectionIndex> connection, model::Fact fact);
    void add_packet(model::Time time, capture::Decoded decoded);

    /// Appends to the trace, in order, what was added for a time before `until`.
    void release(model::Time until);

    /// The time of the earliest thing that waits for release; nothing if none waits.
    std::optional<model::Time> oldest_waiting() const;

    const model::Trace& trace() const { return trace_; }

    /// The trace since the last call, as records of the lab's wire (model/qlog/writer.hpp, Lines).
    std::string take_wire();

  private:
    struct Waiting {
        model::Time time;
        std::uint64_t arrival;  // keeps the order of equal times
        std::optional<model::ConnectionIndex> connection;
        std::variant<model::Fact, capture::Packet> what;
    };

    void append(Waiting waiting);
    void tell_states();

    Progress& progress_;
    model::Trace trace_;
    model::ConnectionTable connections_;
    std::optional<model::Timeline> newest_;  // of the connection that began last
    std::vector<Waiting> waiting_;
    std::uint64_t arrivals_ = 0;
    model::SegmentId next_segment_ = 1;
    std::ostringstream wire_;
    std::optional<model::qlog::SequentialWriter> writer_;
};

}  // namespace tcpstep::lab
