#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
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
    /// Begins the trace with the lesson's scenario, at `start`; `gated`: see model::Scenario.
    Recorder(const lesson::Lesson& lesson, bool gated, model::Time start, Progress& progress);

    void add(Inbox::Stamped stamped);
    void add(model::Time time, std::optional<model::ConnectionIndex> connection, model::Fact fact);
    /// A captured segment gets the next id; `copy_of`: see model::SegmentSent.
    model::SegmentId add_segment(model::Time time, capture::Packet packet,
                                 model::SegmentId copy_of = 0);

    void add_datagram(model::Time time, const capture::Datagram& datagram);
    void add_icmp_error(model::Time time, const capture::IcmpError& error);

    /// An id for a segment that was not captured: a copy, an injected one.
    model::SegmentId new_segment_id();
    /// The connection of a segment that is in the trace.
    std::optional<model::ConnectionIndex> connection_of(model::SegmentId id) const;

    /// Appends to the trace, in order, what was added for a time before `until`.
    void release(model::Time until);

    /// An end has taken octets or a FIN in and sent no segment since that acknowledges them: its
    /// kernel will, soon (RFC 9293 3.8.6.3).
    bool owes_acknowledgment() const;

    /// The time of the earliest thing that waits for release; nothing if none waits.
    std::optional<model::Time> oldest_waiting() const;

    const model::Trace& trace() const { return trace_; }
    /// That connection as the trace has it now.
    const model::Connection& connection(model::ConnectionIndex index) const;

    /// The trace since the last call, as records of the lab's wire (model/qlog/writer.hpp, Lines).
    std::string take_wire();

  private:
    struct Sent {
        capture::Packet packet;
        model::SegmentId copy_of;
    };
    struct Waiting {
        model::Time time;
        std::uint64_t arrival;  // keeps the order of equal times
        std::optional<model::ConnectionIndex> connection;
        std::variant<model::Fact, Sent> what;
        std::optional<SocketEnds> ends;  // instead of the connection
    };

    void append(Waiting waiting);
    model::ConnectionTable::Placed place(const capture::Packet& packet);
    std::uint32_t foreign_generation(model::SegmentId id) const;
    model::Role sender_of(const model::SocketAddress& source) const;
    std::optional<model::ConnectionIndex> connection_of_call(const Waiting& waiting);
    void note_sent(const model::Segment& segment, model::SegmentId copy_of,
                   model::ConnectionIndex connection);
    void note_held(model::SegmentId id);
    void tell_states();

    Progress& progress_;
    model::Trace trace_;
    model::SocketAddress server_;
    model::ConnectionTable connections_;
    std::map<model::CallId, model::ConnectionIndex> connects_;  // of connect() calls
    std::vector<model::Timeline> timelines_;  // by connection; [0] too while there is none
    std::vector<Waiting> waiting_;
    std::uint64_t arrivals_ = 0;
    /// By id; [0] is no segment.
    std::vector<std::optional<model::ConnectionIndex>> segments_ = {std::nullopt};
    std::map<std::pair<model::ConnectionIndex, model::Role>, model::SeqNum> last_ack_;  // sent
    std::map<model::SegmentId, model::Segment> absorbed_;  // that do not stand for themselves yet
    std::ostringstream wire_;
    std::optional<model::qlog::SequentialWriter> writer_;
};

}  // namespace tcpstep::lab
