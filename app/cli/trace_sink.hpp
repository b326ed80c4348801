#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/exports/target.hpp"
#include "app/files/growing_file.hpp"
#include "app/journal/records.hpp"
#include "app/journal/saved_run.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Where the trace of a run goes: nowhere (""), to standard output ("-"), into a "*.sqlog" as the
/// events happen, so that a crash loses at most the last record, or into a "*.qlog" when the run is
/// over. And besides, if it is kept, among the saved sessions.
class TraceSink {
  public:
    /// BadInput if the file cannot be written: known before the run begins.
    static Result<TraceSink> open(const std::string& target);

    /// It goes into that file as well, as the events happen. BadInput if it cannot be written.
    Result<void> also_into(const std::string& sqlog);

    /// The trace is that of a live run of the lesson of this id, and is kept among the sessions as
    /// it grows. That this fails is told on standard error, once, and the run goes on.
    void keep_session(const std::string& lesson);

    /// The trace has grown. Always the same trace.
    void grow(const model::Trace& trace);

    /// The run is over. BadInput if the trace could not be written.
    Result<void> finish(const model::Trace& trace);

    bool to_standard_output() const { return target_ == "-"; }

  private:
    TraceSink() = default;

    std::string target_;
    std::optional<exports::Target> whole_;     // "*.qlog", or standard output
    std::vector<files::GrowingFile> growing_;  // "*.sqlog"
    std::unique_ptr<journal::SavedRun> session_;
    journal::Records records_;  // of all that grow
};

/// Says, on standard error, that a run is not saved any more, and why.
void tell_unsaved(const Error& why);

}  // namespace tcpstep::cli
