#include "app/cli/claims_table.hpp"

#include <fmt/format.h>

#include "app/view/claim_words.hpp"
#include "app/view/columns.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

template <class Take>
void for_each_claim(const model::Trace& trace, Take take) {
    for (const model::Event& event : trace.events()) {
        if (const auto* checked = std::get_if<model::ClaimChecked>(&event.fact)) take(*checked);
    }
}

}  // namespace

ClaimCount count_claims(const model::Trace& trace) {
    ClaimCount count;
    for_each_claim(trace, [&](const model::ClaimChecked& checked) {
        ++count.checked;
        count.holding += checked.holds ? 1U : 0U;
    });
    return count;
}

std::string claims_text(const model::Trace& trace, Claims which) {
    const std::size_t width =
        std::max(view::columns(view::outcome_word(true)), view::columns(view::outcome_word(false)));
    std::string text;
    for_each_claim(trace, [&](const model::ClaimChecked& checked) {
        if (which == Claims::Refuted && checked.holds) return;
        const std::string outcome = view::outcome_word(checked.holds);
        const std::size_t gap = width - view::columns(outcome) + 2;
        text += fmt::format("{}{:{}}{}\n{:{}}{}\n", outcome, "", gap,
                            view::escaped(view::claim_text(checked)), "", width + 2,
                            view::evidence_text(checked, trace));
    });
    return text;
}

}  // namespace tcpstep::cli
