#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/view/palette.hpp"
#include "app/view/text_style.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// What the kernel itself says of one end's socket, and whether the model agrees.
struct KernelWords {
    std::string first;  ///< "SYN_SENT  Recv-Q 0  Send-Q 1  timer retransmit 0.8 s"; TextStyle::Mono
    std::string second;    ///< what did not fit; TextStyle::MonoSmall; may be empty
    std::string verdict;   ///< "agrees with the model"; empty if there is nothing to compare
    bool sampled = false;  ///< the kernel was asked; else `first` says that it was not
    bool agrees = false;   ///< a tick belongs before the verdict
    /// They contradict each other: the verdict, "the model says CLOSED, the kernel LISTEN",
    /// deserves a line of its own in ColourRole::Text on AlarmBack.
    bool alarm = false;
    ColourRole verdict_colour = ColourRole::TextDim;
    /// Though nothing happens it reads differently after so long; nothing if not.
    std::optional<model::Duration> changes_in;
};

struct KernelInput {
    const model::Timeline& timeline;
    const TimelineIndex& index;
    model::Role role;
    std::size_t position = 0;
    /// The present time, if one looks at the present moment of a run that goes on: timers are
    /// counted down to it. Otherwise they stand as they were sampled.
    std::optional<model::Time> now = {};
    float room = 0;        ///< width of a line; what fits in neither is left out, the least
                           ///< telling first
    Measure measure = {};  ///< none: everything fits into the first line
};

KernelWords kernel_words(const KernelInput& input);

}  // namespace tcpstep::view
