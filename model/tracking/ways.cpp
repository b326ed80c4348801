#include "model/tracking/ways.hpp"

#include <algorithm>
#include <cstdlib>

#include "model/tracking/likelihood.hpp"

namespace tcpstep::model::tracking {

namespace {

// More than so many at once are ways of the same.
constexpr std::size_t kMost = 16;

// What follows cannot tell them apart.
bool alike(const Conjecture& one, const Conjecture& other) {
    return one.position == other.position && one.owes == other.owes &&
           one.owed_to == other.owed_to && one.taken == other.taken && one.missed == other.missed;
}

}  // namespace

void Ways::keep(const Conjecture& way) {
    const auto known = std::find_if(ways_.begin(), ways_.end(),
                                    [&](const Conjecture& one) { return alike(one, way); });
    if (known == ways_.end()) {
        ways_.push_back(way);
        return;
    }
    const bool in_question = std::abs(known->cost - way.cost) < kInQuestion;
    if (way.cost < known->cost) {
        Conjecture likelier = way;
        if (in_question) likelier.doubt_against(*known);
        *known = likelier;
    } else if (in_question) {
        known->doubt_against(way);
    }
}

void Ways::sort() {
    std::erase_if(ways_, [](const Conjecture& way) { return way.behind > kGivenUp; });
    const auto likelier = [](const Conjecture& one, const Conjecture& other) {
        return one.behind < other.behind;
    };
    for (auto way = ways_.begin(); way != ways_.end(); ++way) {
        std::rotate(std::upper_bound(ways_.begin(), way, *way, likelier), way, way + 1);
    }
    if (ways_.size() > kMost) ways_.resize(kMost);
    // Where nothing was ever decided, it is decided now.
    if (!ways_.empty() && !ways_.front().room(kMostStepsAtOnce)) ways_.resize(1);
}

const Step* Ways::common_step() const {
    if (ways_.empty() || ways_.front().steps().empty()) return nullptr;
    const Step& first = ways_.front().steps().front();
    const bool common = std::all_of(ways_.begin(), ways_.end(), [&](const Conjecture& way) {
        return !way.steps().empty() && way.steps().front().on == first.on &&
               way.steps().front().to == first.to;
    });
    return common ? &first : nullptr;
}

void Ways::drop_common_step() {
    for (Conjecture& way : ways_) way.drop_front();
}

bool Ways::all_alike() const {
    return std::all_of(ways_.begin(), ways_.end(), [](const Conjecture& way) {
        return way.steps().empty() && way.owes == Answer::None;
    });
}

}  // namespace tcpstep::model::tracking
