#include "app/lesson/story.hpp"

namespace tcpstep::lesson {

std::vector<std::optional<std::size_t>> passage_ends(const std::vector<Passage>& story,
                                                     const model::Trace& trace) {
    std::vector<std::optional<std::size_t>> ends(story.size());
    if (story.empty() || trace.events().empty()) return ends;
    const model::claim::Chronicle chronicle(trace);
    for (std::size_t i = 0; i < story.size(); ++i) {
        if (!story[i].until) continue;
        if (const auto at = find(*story[i].until, chronicle)) ends[i] = *at + 1;
    }
    return ends;
}

const Passage* passage_at(const std::vector<Passage>& story,
                          const std::vector<std::optional<std::size_t>>& ends, std::size_t events) {
    for (std::size_t i = 0; i < story.size(); ++i) {
        if (!ends[i] || events < *ends[i]) return &story[i];
    }
    return story.empty() ? nullptr : &story.back();
}

}  // namespace tcpstep::lesson
