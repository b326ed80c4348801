#include "model/segment_numbers.hpp"

#include <algorithm>

namespace tcpstep::model {

namespace {

// A run's ids ascend. Those of a made-up file need not: they are sorted in whenever there are so
// many, and looked through until then.
constexpr std::size_t kMostUnsorted = 1024;

// "b" for the first copy, as if its original were "a"; "z", "aa", "ab" ...
std::string letters(std::uint32_t nth) {
    constexpr std::uint32_t kLetters = 26;
    std::string text;
    for (std::uint32_t left = nth + 1; left > 0; left = (left - 1) / kLetters)
        text.insert(text.begin(), static_cast<char>('a' + (left - 1) % kLetters));
    return text;
}

}  // namespace

void SegmentNumbers::take(const Fact& fact) {
    const auto* sent = std::get_if<SegmentSent>(&fact);
    if (sent == nullptr || sent->copy_of == 0) return;
    // A file may have a copy of a copy.
    const Copy* earlier = find(sent->copy_of);
    const SegmentId original = earlier == nullptr ? sent->copy_of : earlier->original;
    const SegmentId id = sent->segment.id;
    const bool next = sorted_ == copies_.size() && (sorted_ == 0 || copies_.back().id < id);
    copies_.push_back({id, original, ++made_[original]});
    if (next) {
        ++sorted_;
    } else if (copies_.size() - sorted_ > kMostUnsorted) {
        sort();
    }
}

std::string SegmentNumbers::name(SegmentId id) const {
    if (copies_.empty()) return std::to_string(id);
    const Copy* copy = find(id);
    const SegmentId counted = copy == nullptr ? id : copy->original;
    std::string text = std::to_string(counted - copies_until(counted));
    return copy == nullptr ? text : text + letters(copy->nth);
}

const SegmentNumbers::Copy* SegmentNumbers::find(SegmentId id) const {
    const auto end = copies_.begin() + static_cast<std::ptrdiff_t>(sorted_);
    const auto at =
        std::lower_bound(copies_.begin(), end, id,
                         [](const Copy& one, SegmentId wanted) { return one.id < wanted; });
    if (at != end && at->id == id) return &*at;
    const auto late =
        std::find_if(end, copies_.end(), [id](const Copy& one) { return one.id == id; });
    return late == copies_.end() ? nullptr : &*late;
}

std::size_t SegmentNumbers::copies_until(SegmentId id) const {
    const auto end = copies_.begin() + static_cast<std::ptrdiff_t>(sorted_);
    const auto after =
        std::upper_bound(copies_.begin(), end, id,
                         [](SegmentId wanted, const Copy& one) { return wanted < one.id; });
    const auto late =
        std::count_if(end, copies_.end(), [id](const Copy& one) { return one.id <= id; });
    return static_cast<std::size_t>(after - copies_.begin() + late);
}

void SegmentNumbers::sort() {
    const auto by_id = [](const Copy& a, const Copy& b) { return a.id < b.id; };
    const auto middle = copies_.begin() + static_cast<std::ptrdiff_t>(sorted_);
    std::sort(middle, copies_.end(), by_id);
    std::inplace_merge(copies_.begin(), middle, copies_.end(), by_id);
    sorted_ = copies_.size();
}

}  // namespace tcpstep::model
