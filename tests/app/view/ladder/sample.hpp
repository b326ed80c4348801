#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/view/ladder/layout.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::testing {

/// A trace with all that a ladder of it needs, measured with a ruler of its own.
struct LadderSample {
    explicit LadderSample(model::Trace t);

    /// As it is looked back at.
    view::ladder::Ladder at(std::size_t position, float width = 760, float height = 4000,
                            double scroll = 0) const;
    view::ladder::Ladder whole() const { return at(timeline.size()); }
    /// As one sees it while the run goes on, so long after its last event.
    view::ladder::Ladder live(model::Duration after = {}, float width = 860) const;

    view::ladder::LadderInput input_at(std::size_t position, float width = 760, float height = 4000,
                                       double scroll = 0) const;
    double height(std::size_t position) const;

    model::Trace trace;
    model::Timeline timeline;
    view::TimelineIndex index;
    view::ladder::LadderRows rows;
    view::ladder::LadderTimes times;
};

bool says(const view::ladder::Ladder& ladder, std::string_view text);
/// The first text that reads so; nullptr if there is none.
const view::ladder::LadderText* text_of(const view::ladder::Ladder& ladder, std::string_view words);
/// The box of a held segment; nullptr if there is none.
const view::ladder::LadderText* box_of(const view::ladder::Ladder& ladder, model::SegmentId id);
/// There must be one.
const view::ladder::Arrow& arrow_of(const view::ladder::Ladder& ladder, model::SegmentId id);

/// Every sample run there is.
std::vector<model::Trace> all_runs();

}  // namespace tcpstep::testing
