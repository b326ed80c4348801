#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "app/lab/gate_command.hpp"
#include "app/session/source.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// The user's hand at the gate: what is to be held, kept from run to run, and what the present run
/// was told. An order is answered before the next is given, so that a key pressed twice in haste
/// neither acts on two segments nor twice on one.
class GateControl {
  public:
    const lab::HoldPolicy& policy() const { return policy_; }
    /// The lesson's own script steps.
    bool automatic() const { return automatic_; }
    /// An order has not been answered.
    bool pending() const { return pending_.has_value(); }

    /// The run is over, or another one begins.
    void forget_run();
    /// From now on, in later runs too; `run` is told, unless it is nullptr.
    void set_policy(lab::HoldPolicy policy, Source* run);
    void set_automatic(bool on, std::chrono::milliseconds pace, Source& run);
    /// Gives an order concerning the segment `id`, or a RST (0). Nothing while one is pending. What
    /// is done by hand ends the script's stepping.
    void order(const lab::GateCommand& command, model::SegmentId id, Source& run,
               const model::Trace& trace);
    /// More events have come, or the run has settled.
    void catch_up(const Source& run, const model::Trace& trace);

  private:
    struct Pending {
        model::SegmentId id;    // 0: a RST
        std::size_t looked_at;  // events of the trace that do not answer it
    };

    lab::HoldPolicy policy_;
    bool automatic_ = false;
    std::optional<Pending> pending_;
};

}  // namespace tcpstep::session
