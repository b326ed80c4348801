#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/exports/target.hpp"
#include "model/qlog/writer.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Where the trace of a run goes: nowhere (""), to standard output ("-"), into a "*.sqlog" as the
/// events happen, so that a crash loses at most the last record, or into a "*.qlog" when the run is
/// over.
class TraceSink {
  public:
    /// BadInput if the file cannot be written: known before the run begins.
    static Result<TraceSink> open(const std::string& target);

    /// The trace has grown. Always the same trace.
    void grow(const model::Trace& trace);

    /// The run is over. BadInput if the trace could not be written.
    Result<void> finish(const model::Trace& trace);

    bool to_standard_output() const { return target_ == "-"; }

  private:
    TraceSink() = default;

    std::string target_;
    std::optional<exports::Target> whole_;   // "*.qlog", or standard output
    std::unique_ptr<std::ofstream> stream_;  // "*.sqlog"
    std::unique_ptr<model::qlog::SequentialWriter> writer_;
};

}  // namespace tcpstep::cli
