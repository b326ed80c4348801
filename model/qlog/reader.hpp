#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/qlog/pieces.hpp"
#include "model/qlog/unknown_places.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// Something wrong with a trace, and where.
struct Fault {
    std::string where;  ///< a JSON pointer, "/traces/0/events/7/data/seq"; in the sequential form
                        ///< prefixed by its record, "record 9: /data/seq"
    std::string what;   ///< one line: "seq: expected a number from 0 to 4294967295, found \"x\""
    bool operator==(const Fault&) const = default;
};

/// What was read. An event with a fault is left out of the trace, the others stay.
struct Reading {
    Trace trace;
    std::vector<Fault> faults;
    /// The last record of a sequential file was cut short (a crash, a full disk); it was left out.
    bool truncated = false;
    /// Which record that is, from 1: there, or the one that should follow the last.
    std::size_t cut_record = 0;
    UnknownPlaces unknown;
};

/// Reads either form, told apart by the first byte and `file_schema`. A byte order mark before it
/// is no fault (RFC 8259 8.1). Besides the format it checks that times ascend, that ids refer to
/// what exists, and that every tcp:state_updated of source "inferred" is what the fold infers from
/// the facts (and none is missing). BadInput, one line, if the text is no qlog at all, or another
/// version of our events.
Result<Reading> read(std::string_view text);

/// The same of a text that comes in pieces. What is needed besides the trace does not grow with it,
/// but for the inferred states, and of a contained file whose header follows its events.
Result<Reading> read(const Pieces& pieces);

/// The lab's wire: takes records one by one and appends them to a trace.
class RecordReader {
  public:
    /// `trace` must outlive the reader.
    explicit RecordReader(Trace& trace);
    ~RecordReader();
    RecordReader(RecordReader&&) noexcept;

    /// Takes one record (JSON text, without RS and LF); the first is the header.
    /// BadInput if it is not what the wire may carry.
    Result<void> take(std::string_view record);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::model::qlog
