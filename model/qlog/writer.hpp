#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "model/observation.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// Writes the whole trace in the contained form (`*.qlog`, application/qlog+json), one event a
/// line. Inferred `tcp:state_updated` events are written after the event that caused them; of a
/// capture after the segment behind which hindsight puts them. Failures are the stream's (check
/// it).
void write_contained(const Trace& trace, std::ostream& out);

/// What a person reads of a capture.
struct CaptureTitle {
    std::string title;  ///< the file's name
    std::string description;
};

/// The same for a finished observation, in the order of capture: read again it is a Trace. Keeps
/// nothing of what is written but the connections that go on. Where the capture's clock goes back,
/// the last time is written again.
void write_contained(const Observation& observation, const CaptureTitle& title, std::ostream& out);

/// Writes the sequential form (`*.sqlog`, application/qlog+json-seq, RFC 7464) as events happen.
class SequentialWriter {
  public:
    enum class States {
        Written,  ///< a file for others: inferred tcp:state_updated events are included, those of
                  ///< captured connections as they are known then (LiveStates)
        Left,     ///< the lab's own wire: facts only, the reader computes the states
    };
    enum class Framing {
        RecordSeparator,  ///< RFC 7464: 0x1E before, line feed after each record
        Lines,            ///< line feed only: the lab's own wire
    };

    /// Writes the header record. `trace` gives title and description and is read by write_new();
    /// it must outlive the writer. `reference` is the time zero of the file: no event is earlier.
    SequentialWriter(const Trace& trace, Time reference, std::ostream& out,
                     States states = States::Written, Framing framing = Framing::RecordSeparator);
    ~SequentialWriter();
    SequentialWriter(const SequentialWriter&) = delete;
    SequentialWriter& operator=(const SequentialWriter&) = delete;

    /// Writes the events that were appended to the trace since, and flushes.
    void write_new();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Writes the sequential form of a capture that goes on, of which nobody keeps a Trace: in memory
/// that does not grow with time. States of captured connections are told as they are known then
/// (LiveStates).
class StreamWriter {
  public:
    using NameOf = std::function<ConnectionId(ConnectionIndex)>;

    /// Writes the header record. `name_of` tells of which connection an index is now.
    StreamWriter(const CaptureTitle& title, Time reference, NameOf name_of, std::ostream& out);
    ~StreamWriter();
    StreamWriter(const StreamWriter&) = delete;
    StreamWriter& operator=(const StreamWriter&) = delete;

    /// Writes the event and the states that it brings about; no event is earlier than the one
    /// before. Does not flush.
    void write(const Event& event);
    /// No event of that connection comes any more: its index may become another one's.
    void forget(ConnectionIndex connection);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::model::qlog
