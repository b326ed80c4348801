#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "app/lab/flight.hpp"
#include "app/lab/progress.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// A lesson's script for the wire: what is done next to what is held when nobody steps by hand.
class Script {
  public:
    explicit Script(std::vector<lesson::WireRule> rules);

    struct Step {
        model::SegmentId segment = 0;
        lesson::WireAction action = lesson::WireAction::Deliver;
    };

    /// The connection of a segment, as the recorder knows it.
    using ConnectionOf = std::function<std::optional<model::ConnectionIndex>(model::SegmentId)>;

    /// The next step: of the held ones the first that its rule lets go. Nothing if every one must
    /// wait. What a rule does to a segment it does once; then the segment is delivered.
    std::optional<Step> next(const std::vector<Aloft>& aloft, const ConnectionOf& connection_of,
                             const Progress& progress, model::Time now);

    /// A rule holds the segment until something has happened that has not.
    bool keeps_back(const Aloft& segment, const ConnectionOf& connection_of,
                    const Progress& progress);

    /// A rule leaves the segment in flight to the end of the run.
    bool stays(const Aloft& segment, const ConnectionOf& connection_of);

    /// A rule holds the segment for a time of its own: all that need no such time go first.
    bool takes_its_time(const Aloft& segment, const ConnectionOf& connection_of);

    /// A rule does that to the segment, now or later.
    bool asks_for(lesson::WireAction action, const Aloft& segment,
                  const ConnectionOf& connection_of);

    /// When next() may answer otherwise though nothing happened: a rule's at_least is over.
    std::optional<model::Time> due() const { return due_; }

  private:
    const lesson::WireRule* rule_of(const Aloft& segment, const ConnectionOf& connection_of);

    std::vector<lesson::WireRule> rules_;
    std::vector<unsigned> seen_;  // by rule: segments it describes
    std::map<model::SegmentId, const lesson::WireRule*> assigned_;  // nullptr: none fits, or done
    std::optional<model::Time> due_;
};

}  // namespace tcpstep::lab
