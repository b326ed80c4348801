#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/view/geometry.hpp"
#include "app/view/palette.hpp"
#include "app/view/text_style.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// One thing that the kernel says, and where it is drawn.
struct KernelItem {
    enum class Kind : std::uint8_t {
        State,   ///< `value`: "SYN_SENT"
        Remark,  ///< `value`: "not sampled yet"
        Timer,   ///< "retransmit", "0.8 s"; `fill` of it is left, where that is known
        Ring,    ///< TIME_WAIT: `fill` of its 60 s is left, `value` inside: "57 s"
        Bar,     ///< "Recv-Q", "5"; filled by `fill`, where the buffer is known
        Boxes,   ///< "accept queue", "2/10": `filled` of `boxes`
        Fact     ///< "cwnd", "10"
    };
    Kind kind = Kind::Fact;
    Rect box;
    std::string name;
    std::string value;
    float name_room = 0;        ///< of a bar and of boxes: they begin so far from the left
    std::optional<float> fill;  ///< 0 to 1
    unsigned filled = 0;
    unsigned boxes = 0;
    unsigned apart = 0;  ///< of the boxes, the last ones stand a little away from the others
    bool loud = false;   ///< deserves attention: a retransmission, a queue that is full
    std::string tip;     ///< what it means
    bool operator==(const KernelItem&) const = default;
};

/// What the kernel itself says of one end's socket, and whether the model agrees.
struct KernelPanel {
    std::string verdict;  ///< "agrees with the model"; empty if there is nothing to compare
    std::string brief;    ///< the same where there is little room; empty if nothing says it
    bool agrees = false;  ///< a tick belongs before the verdict
    /// What it says is older than what one looks at: it said so, and does not contradict the model.
    bool past = false;
    /// They contradict each other: the verdict, "the model says CLOSED, the kernel LISTEN",
    /// deserves a line of its own in ColourRole::Text on AlarmBack.
    bool alarm = false;
    ColourRole verdict_colour = ColourRole::TextDim;
    std::vector<KernelItem> items;  ///< the most telling first; they lie apart, inside the area
    /// Though nothing happens it reads differently after so long; nothing if not.
    std::optional<model::Duration> changes_in;
};

struct KernelInput {
    const model::Timeline& timeline;
    const TimelineIndex& index;
    model::Role role;
    std::size_t position = 0;
    /// The present time, if one looks at the present moment of a run that goes on: timers are
    /// counted down to it. Otherwise to the last event before `position`.
    std::optional<model::Time> now = {};
    bool over = false;  ///< one looks at the end of a run: nobody has asked the kernel since
    Rect area = {};
    float em = 18;  ///< height of body text
    /// The state stands beside it in words: while the kernel agrees it is not said again.
    bool state_told = false;
};

constexpr float kKernelRow = 1.34F;  ///< em

/// Rows of kKernelRow, as many as fit the area. What does not fit is left out: first what tcp_info
/// adds, then the queues that matter less in that state, never the state. Where each row has room
/// for one thing only, a listener's queues come first while something waits in them. More boxes
/// than can be told apart become a bar.
KernelPanel lay_out_kernel(const KernelInput& input);

}  // namespace tcpstep::view
