#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/qlog/fields.hpp"
#include "model/qlog/place.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

// What stands around the events: draft-ietf-quic-qlog-main-schema, QlogFile and QlogFileSeq.

inline constexpr std::string_view kContained = "urn:ietf:params:qlog:file:contained";
inline constexpr std::string_view kSequential = "urn:ietf:params:qlog:file:sequential";
/// Our events; the number behind the dash is their version.
inline constexpr std::string_view kEventSchema = "urn:x-tcpstep:qlog:events:tcp-1";
/// RFC 7464: begins each record of the sequential form.
inline constexpr char kRecordSeparator = '\x1e';

/// What a file says of all its events.
struct Header {
    std::string_view title;
    std::string_view description;
    bool capture = false;  ///< by others: nobody tells what arrived
    Time reference;        ///< time zero
    const std::vector<UnknownMember>* unknown = nullptr;
};

/// UnknownMember::object of what a file's header says of its trace; in the contained form that
/// stands elsewhere.
inline constexpr std::string_view kTrace = "/trace";
inline constexpr std::string_view kTraceInContained = "/traces/0";

/// A contained file up to its first event, and what closes it. The events stand between, one a
/// line, with commas.
struct Frame {
    std::string start;
    std::string end;
};
Frame contained_frame(const Header& header);

/// The header record of a sequential file.
std::string sequential_header(const Header& header);

/// Reads title and description of `file` into `trace`, and the reference time that `traced` gives:
/// the file's member "trace", or one of its "traces". `at` is where `traced` stands.
/// BadInput if the events are not ours, or of another version of ours.
Result<Time> read_header(const Fields& file, const Value& traced, const Place& at, Trace& trace);

}  // namespace tcpstep::model::qlog
