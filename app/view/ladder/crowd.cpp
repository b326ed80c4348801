#include "app/view/ladder/crowd.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tcpstep::view::ladder {

namespace {

constexpr float kNothing = 0.01F;  // pixels: what rounding makes of nothing

// Which of a crowd, in their order.
using Some = std::vector<std::size_t>;

class Settling {
  public:
    Settling(const std::vector<Crowded>& crowd, CrowdLimits limits)
        : crowd_(crowd), limits_(limits), at_(crowd.size()), ease_(crowd.size()) {
        for (std::size_t i = 0; i < crowd.size(); ++i) ease_[i] = crowd[i].at_ease;
    }

    std::vector<std::optional<float>> settle() {
        Some kept(crowd_.size());
        for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i;
        // Each time round some are left out, so that it ends.
        for (std::size_t round = 0; round <= crowd_.size(); ++round) {
            Some fewer;
            for (const Some& heap : place(kept)) {
                const Some stay = fits(heap) ? heap : choose(heap);
                fewer.insert(fewer.end(), stay.begin(), stay.end());
            }
            if (fewer.size() == kept.size()) break;
            kept = std::move(fewer);
        }
        place(kept);
        std::vector<std::optional<float>> middles(crowd_.size());
        for (const std::size_t i : kept) middles[i] = at_[i];
        return middles;
    }

  private:
    struct Heap {
        std::size_t from, to;  // in the list of those that are placed
        float sum;             // of the places where the first of each would like to be
        float first() const { return sum / static_cast<float>(to - from); }
    };

    // The least sum of squared distances from their moments: neighbours that would overlap are one
    // heap, which stands where its moments are on average. Returns the heaps.
    std::vector<Some> place(const Some& some) {
        std::vector<float> below(some.size());  // how far each is below the first
        std::vector<Heap> heaps;
        for (std::size_t k = 0; k < some.size(); ++k) {
            if (k > 0) below[k] = below[k - 1] + apart(some[k - 1], some[k]);
            heaps.push_back({k, k + 1, crowd_[some[k]].moment - below[k]});
            while (heaps.size() > 1 && heaps[heaps.size() - 2].first() >= heaps.back().first()) {
                const Heap last = heaps.back();
                heaps.pop_back();
                heaps.back().to = last.to;
                heaps.back().sum += last.sum;
            }
        }
        if (some.empty()) return {};
        const float least = limits_.top + crowd_[some.front()].height / 2;
        const float most = std::max(least, limits_.last - below.back());
        std::vector<Some> groups;
        std::optional<float> before;
        for (const Heap& heap : heaps) {
            const float first = std::clamp(heap.first(), least, most);
            if (!before || first > *before) groups.emplace_back();
            before = first;
            for (std::size_t k = heap.from; k < heap.to; ++k) {
                at_[some[k]] = first + below[k];
                groups.back().push_back(some[k]);
            }
        }
        return groups;
    }

    float apart(std::size_t above, std::size_t below) const {
        return (crowd_[above].height + crowd_[below].height) / 2;
    }

    float away(std::size_t i) const { return std::abs(at_[i] - crowd_[i].moment); }

    bool fits(const Some& some) const {
        return std::all_of(some.begin(), some.end(), [&](std::size_t i) {
            const float lowest = std::max(limits_.last, crowd_[i].moment);
            return away(i) <= std::min(crowd_[i].farthest, ease_[i]) + kNothing &&
                   at_[i] <= lowest + kNothing;
        });
    }

    // As many as there is room for, by rank.
    Some choose(const Some& heap) {
        Some order = heap;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return crowd_[a].rank < crowd_[b].rank;
        });
        Some kept;
        bool eased = false;
        for (const std::size_t i : heap) ease_[i] = crowd_[i].farthest;
        for (const std::size_t i : order) {
            if (!eased && crowd_[i].rank >= kLasting) {
                eased = true;
                place(kept);
                for (const std::size_t one : kept)
                    ease_[one] = std::max(crowd_[one].at_ease, away(one));
            }
            Some more = kept;
            more.insert(std::lower_bound(more.begin(), more.end(), i), i);
            place(more);
            if (fits(more)) kept = std::move(more);
        }
        if (!eased) {
            place(kept);
            for (const std::size_t one : kept)
                ease_[one] = std::max(crowd_[one].at_ease, away(one));
        }
        return kept;
    }

    const std::vector<Crowded>& crowd_;
    CrowdLimits limits_;
    std::vector<float> at_;    // their middles
    std::vector<float> ease_;  // how far from its moment each may be now
};

}  // namespace

std::vector<std::optional<float>> settle_crowd(const std::vector<Crowded>& crowd,
                                               CrowdLimits limits) {
    return Settling(crowd, limits).settle();
}

}  // namespace tcpstep::view::ladder
