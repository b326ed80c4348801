#pragma once

#include <string_view>

#include "app/cli/interrupt.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/lab/lab_run.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// A lesson while it runs: what comes from its lab goes into the trace and on to where that is
/// saved, and a signal ends the lab instead of the program. Says on standard error, once, what the
/// machine does not allow.
class LiveRun {
  public:
    using Status = lab::LabRun::Status;

    /// All must outlive this.
    LiveRun(lab::LabRun& lab, InterruptEndsLab& interrupt, model::Trace& trace, TraceSink& sink)
        : lab_(lab), interrupt_(interrupt), trace_(trace), sink_(sink) {}

    /// Takes in what has come. Never blocks.
    Status drain();
    /// The same, but waits until something has.
    Status wait();

    lab::LabRun& lab() { return lab_; }
    const model::Trace& trace() const { return trace_; }
    /// To append what the user did; drain() passes it on.
    model::Trace& growing_trace() { return trace_; }

    /// What the end that it came to means: nothing, the lab's failure, or that a signal came, which
    /// is told as `interrupted`.
    Result<void> outcome(Status status, std::string_view interrupted =
                                            "interrupted before the lesson was over") const;

  private:
    Status took_in(Status status);

    lab::LabRun& lab_;
    InterruptEndsLab& interrupt_;
    model::Trace& trace_;
    TraceSink& sink_;
    bool told_ = false;
};

}  // namespace tcpstep::cli
