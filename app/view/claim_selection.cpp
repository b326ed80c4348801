#include "app/view/claim_selection.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace tcpstep::view {

using namespace model;

namespace {

class Evidence {
  public:
    Evidence(const Timeline& timeline, const TimelineIndex& index)
        : timeline_(timeline), index_(index) {}

    Selection of(const Sighting& seen) const {
        if (seen.segment != 0) return SelectedSegment{seen.segment};
        if (seen.call != 0) return call(seen);
        for (const Role end : {Role::Client, Role::Server}) {
            if (seen.endpoint == name(end)) return stay(seen, end);
        }
        return {};
    }

  private:
    std::int64_t micros(std::size_t event) const {
        const Duration since =
            timeline_.event(event).time - timeline_.trace().events().front().time;
        return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
    }

    // Ids are an end's own: what was seen is the entry or the return of the one that is meant.
    Selection call(const Sighting& seen) const {
        for (const Role end : {Role::Client, Role::Server}) {
            for (const TimelineIndex::Call& one : index_.calls(end)) {
                const Fact& entry = timeline_.event(one.entered).fact;
                if (std::get<CallEntered>(entry).id != seen.call) continue;
                if (micros(one.entered) == seen.at_us ||
                    (one.returned && micros(*one.returned) == seen.at_us))
                    return SelectedCall{end, seen.call};
            }
        }
        return {};
    }

    // The latest stay in that state that had begun by then.
    Selection stay(const Sighting& seen, Role end) const {
        const auto& changes = index_.changes(end);
        const auto found =
            std::find_if(changes.rbegin(), changes.rend(), [&](const TimelineIndex::Change& one) {
                return name(one.what.change.to) == seen.state && micros(one.event) <= seen.at_us;
            });
        if (found == changes.rend()) return {};
        return SelectedState{end, found->event};
    }

    const Timeline& timeline_;
    const TimelineIndex& index_;
};

}  // namespace

std::vector<Selection> evidence_of(const ClaimChecked& checked, const Timeline& timeline,
                                   const TimelineIndex& index) {
    std::vector<Selection> all;
    if (timeline.size() == 0) return all;
    const Evidence evidence(timeline, index);
    for (const Sighting& seen : checked.seen) {
        const Selection one = evidence.of(seen);
        if (exists(one, timeline, index)) all.push_back(one);
    }
    return all;
}

Selection selection_of_claim(const ClaimChecked& checked, const Timeline& timeline,
                             const TimelineIndex& index) {
    const std::vector<Selection> all = evidence_of(checked, timeline, index);
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const Selection& one) {
        return std::holds_alternative<SelectedSegment>(one);
    });
    if (last != all.rend()) return *last;
    return all.empty() ? Selection() : all.back();
}

}  // namespace tcpstep::view
