#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/connection.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// Every connection of a run as it is now, by the same fold as the timeline of the one that is
/// shown: where something is held, and whether model and kernel ever disagreed.
class RunStates {
  public:
    /// Takes in what was appended to the trace since; always the same trace.
    void catch_up(const model::Trace& trace);

    /// The connections there are; none of what is no run.
    std::size_t known() const { return connections_.size(); }
    /// Something waits for the user in that connection, and need not let others go first.
    bool holds(model::ConnectionIndex connection) const;
    /// The connection whose next segment was sent first of all that are held, those that are held
    /// back last; nothing if nothing is held.
    std::optional<model::ConnectionIndex> longest_waiting() const;
    /// Samples of the kernel that contradicted the model.
    std::size_t disagreements() const { return disagreements_; }

  private:
    std::size_t read_ = 0;
    std::size_t disagreements_ = 0;
    model::Connection common_;  // after the events that concern all: how a connection begins
    std::vector<model::Connection> connections_;
};

}  // namespace tcpstep::session
