#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::ladder {

/// How many lines the words of an event take: a failed call's error has one of its own, "connect()"
/// above "ECONNREFUSED", as have a long result and the second half of a long note.
std::uint8_t text_lines(const model::Event& event);

/// Where each event of a timeline stands on the ladder's axis "by event": every step takes a row,
/// as high as what is written in it, whatever time passed between. Grows with the timeline.
class LadderRows {
  public:
    /// Tenths of a text line: the unit of all heights here.
    static constexpr std::uint32_t kTextLine = 11;  ///< a line of a call or a note
    static constexpr std::uint32_t kChip = 12;      ///< one more state name on the same side
    static constexpr std::uint32_t kSegment = 31;   ///< an arrow, flags above, numbers below
    static constexpr std::uint32_t kSent = 14;      ///< gated: an arrow begins
    static constexpr std::uint32_t kLanded = 24;    ///< gated: an arrow ends

    void catch_up(const model::Timeline& timeline, const TimelineIndex& index);

    std::size_t size() const { return tops_.size() - 1; }
    /// Top of event `i`'s row; for i = size(), where the next one will begin.
    std::uint32_t top(std::size_t i) const { return tops_[i]; }
    std::uint32_t height(std::size_t i) const { return tops_[i + 1] - tops_[i]; }
    /// The event's row is the one of the call's entry just above: the call returned at once, so
    /// both are one line, "bind() = 0".
    bool joins_entry(std::size_t i) const { return joined_[i]; }
    /// The text lines at the top of event `i`'s row.
    std::uint32_t lines(std::size_t i) const { return lines_[i]; }
    /// Calls of one end that overlap, as a parent's and its child's, stand beside each other: each
    /// in the lane nearest to the lifeline, 0, that is free at its entry, until its return.
    std::size_t lane(model::Role role, model::CallId call) const;
    /// How many of them all calls of an end need; at least 1.
    std::size_t lanes(model::Role role) const { return lanes_[of(role)].size(); }
    /// The first event whose row ends below `y`; size() if there is none.
    std::size_t first_below(std::uint32_t y) const;

  private:
    static std::size_t of(model::Role role) { return role == model::Role::Client ? 0 : 1; }
    void note_lane(const model::Event& event);

    std::vector<std::uint32_t> tops_ = {0};
    std::vector<bool> joined_;
    std::vector<std::uint8_t> lines_;
    std::size_t previous_step_ = 0;
    bool any_step_ = false;
    using Lanes = std::vector<std::optional<model::CallId>>;  // which call is in it
    std::array<Lanes, 2> lanes_ = {Lanes(1), Lanes(1)};
    std::map<std::pair<model::Role, model::CallId>, std::size_t> farther_;  // than lane 0
};

}  // namespace tcpstep::view::ladder
