#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/event.hpp"

namespace tcpstep::model {

/// How a person is told the segments of a trace: by their places among those that a ladder shows.
/// Ids, in a trace and in JSON, count absorbed copies too (SegmentSent::copy_of); a lesson at which
/// a class looks for a minute has many of these, and its third segment is still "3".
///
/// Where nothing was absorbed, as in a capture, the number is the id, and nothing is kept.
class SegmentNumbers {
  public:
    /// The next fact of the trace.
    void take(const Fact& fact);

    /// "3": how many segments up to this one are no absorbed copies, of all connections, where ids
    /// count from 1 without gaps. "1b", "1c" ... "1z", "1aa" ...: the copies of segment 1 that were
    /// absorbed, in the order in which they were sent. One that came to stand for itself keeps its
    /// name, so that no other segment's ever changes.
    std::string name(SegmentId id) const;

  private:
    struct Copy {
        SegmentId id;
        SegmentId original;  // no copy itself
        std::uint32_t nth;   // from 1, of its original
    };

    const Copy* find(SegmentId id) const;
    std::size_t copies_until(SegmentId id) const;
    void sort();

    std::vector<Copy> copies_;  // the first of them ascending by id; then a few that came later
    std::size_t sorted_ = 0;    // so many are the first
    std::unordered_map<SegmentId, std::uint32_t> made_;  // copies of each original
};

}  // namespace tcpstep::model
