#pragma once

#include <cstdint>
#include <iterator>
#include <map>

namespace tcpstep::model::qlog {

/// A set of numbers most of which follow one another: a run of them costs as much as one.
class NumberSet {
  public:
    bool contains(std::uint64_t number) const {
        const auto after = runs_.upper_bound(number);
        return after != runs_.begin() && number <= std::prev(after)->second;
    }

    void insert(std::uint64_t number) {
        const auto after = runs_.upper_bound(number);
        const auto before = after == runs_.begin() ? runs_.end() : std::prev(after);
        const bool joins_after = after != runs_.end() && after->first == number + 1;
        if (before != runs_.end() && number <= before->second + 1) {
            if (number <= before->second) return;
            before->second = joins_after ? after->second : number;
            if (joins_after) runs_.erase(after);
            return;
        }
        const std::uint64_t last = joins_after ? after->second : number;
        if (joins_after) runs_.erase(after);
        runs_.emplace(number, last);
    }

    /// Runs that are kept apart.
    std::size_t runs() const { return runs_.size(); }

  private:
    std::map<std::uint64_t, std::uint64_t> runs_;  // first, last
};

}  // namespace tcpstep::model::qlog
