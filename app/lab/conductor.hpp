#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "app/lab/gate_command.hpp"
#include "app/lab/gatekeeper.hpp"
#include "app/lab/progress.hpp"
#include "app/lab/recorder.hpp"
#include "app/lab/script.hpp"
#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

/// What is done to the held segments, and when: step by step as the lesson's script has it, or by
/// the user's hand, but in the lesson's order.
class Conductor {
  public:
    /// All that is referred to must outlive it.
    Conductor(std::vector<lesson::WireRule> rules, bool automatic, Gatekeeper& keeper,
              const Recorder& recorder, const Progress& progress);

    void set(const SetAutomatic& automatic);
    bool automatic() const { return automatic_; }

    /// When next() has a step though nothing happens until then.
    std::optional<model::Time> due(model::Time now) const;

    /// All is quiet: the script's next step, once the last one is a pace ago. Nothing if it waits.
    std::optional<GateCommand> next(model::Time now);

    /// Since then no rule allows a step for what is held, and only events can change that.
    std::optional<model::Time> waits_since() const { return waits_since_; }

    /// Nothing is in flight but what the script leaves there; absorbed copies do not count.
    bool clear();

    /// All is quiet, and the user steps: what the lesson lets go later stands behind the others.
    Result<void> keep_order();

    /// The lesson's script does that itself, now or later.
    bool asks_for(const GateCommand& command);

  private:
    bool is_asked(lesson::WireAction action, std::optional<model::SegmentId> segment);
    GateCommand command_of(const Script::Step& step) const;

    Script script_;
    bool automatic_;
    Gatekeeper& keeper_;
    const Recorder& recorder_;
    const Progress& progress_;
    Script::ConnectionOf connection_of_;
    std::chrono::milliseconds pace_{0};
    model::Time last_step_;
    std::optional<model::Time> waits_since_;
    std::set<model::SegmentId> kept_back_;
};

}  // namespace tcpstep::lab
