#pragma once

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
        Written,  ///< a file for others: inferred tcp:state_updated events are included, but not
                  ///< those of a capture: they are known when it is whole
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

}  // namespace tcpstep::model::qlog
