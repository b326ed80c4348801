#pragma once

#include <memory_resource>
#include <vector>

#include "model/tracking/conjecture.hpp"

namespace tcpstep::model::tracking {

/// All ways in which it may have gone with an end.
class Ways {
  public:
    /// There are seldom more.
    static constexpr std::size_t kUsually = 8;

    Ways() = default;
    /// They are made in that memory; an assignment keeps them where they are assigned to.
    explicit Ways(std::pmr::memory_resource* memory) : ways_(memory) { ways_.reserve(kUsually); }

    bool empty() const { return ways_.empty(); }
    std::size_t size() const { return ways_.size(); }
    Conjecture& operator[](std::size_t index) { return ways_[index]; }
    const Conjecture& operator[](std::size_t index) const { return ways_[index]; }
    auto begin() { return ways_.begin(); }
    auto end() { return ways_.end(); }
    auto begin() const { return ways_.begin(); }
    auto end() const { return ways_.end(); }
    /// After sort(): the likeliest.
    const Conjecture& front() const { return ways_.front(); }

    /// One more. Of two that nothing that follows can tell apart only the likelier is kept, with
    /// doubts where the other has it otherwise.
    void keep(const Conjecture& way);

    /// Puts the likeliest first, by `behind`; gives up those that are too far behind.
    void sort();

    /// The step with which all of them begin; nothing if there is none, or they differ.
    const Step* common_step() const;
    void drop_common_step();
    /// They differ in nothing that was done or is to be done, but in what has arrived.
    bool all_alike() const;

  private:
    std::pmr::vector<Conjecture> ways_;
};

}  // namespace tcpstep::model::tracking
