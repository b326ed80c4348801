#include "app/cli/claims_table.hpp"

#include <algorithm>
#include <set>

#include "app/cli/wrapped.hpp"
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

// A claim, its outcome in the margin, and what shows it below.
std::string entry(std::string margin, const std::string& claim, const std::string& evidence,
                  std::size_t columns) {
    const std::size_t indent = 2 + std::max(view::columns(view::outcome_word(true)),
                                            view::columns(view::outcome_word(false)));
    std::string text;
    margin.append(indent - std::min(indent, view::columns(margin)), ' ');
    for (const std::string& part : {claim, evidence}) {
        for (const std::string& line :
             wrapped_to_columns(part, std::max(columns, 2 * indent) - indent)) {
            text += margin + line + "\n";
            margin.assign(indent, ' ');
        }
    }
    return text;
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

std::vector<lesson::Claim> claims_of(const lesson::Lesson& lesson, bool patience) {
    std::vector<lesson::Claim> claims = lesson.claims;
    if (patience && lesson.patience) {
        const auto& more = lesson.patience->claims;
        claims.insert(claims.end(), more.begin(), more.end());
    }
    return claims;
}

std::string closing_text(const model::Trace& trace, const std::vector<lesson::Claim>& claims) {
    const ClaimCount count = count_claims(trace);
    if (claims.empty()) return "";
    std::string text = view::say(view::Text::ClaimsCounted, count.holding, claims.size());
    if (const std::size_t open = claims.size() - std::min(claims.size(), count.checked); open > 0) {
        using view::Text;
        text +=
            view::say(view::counted(open, Text::ClaimsNotReachedOne, Text::ClaimsNotReached), open);
    }
    return text + "\n";
}

std::string not_reached_text(const model::Trace& trace, const std::vector<lesson::Claim>& claims,
                             std::size_t columns) {
    std::set<std::string> known;
    for_each_claim(trace, [&](const model::ClaimChecked& checked) { known.insert(checked.claim); });
    std::string text;
    for (const lesson::Claim& claim : claims) {
        if (known.contains(claim.id)) continue;
        text += entry(view::say(view::Text::ClaimOpen), view::escaped(claim.text.shown()),
                      view::say(view::Text::ClaimNotReached), columns);
    }
    return text;
}

std::string claims_text(const model::Trace& trace, Claims which, std::size_t columns) {
    std::string text;
    for_each_claim(trace, [&](const model::ClaimChecked& checked) {
        if (which == Claims::Refuted && checked.holds) return;
        text += entry(view::outcome_word(checked.holds), view::escaped(view::claim_text(checked)),
                      view::evidence_text(checked, trace), columns);
    });
    return text;
}

std::string not_waited_text(const lesson::Lesson& lesson, std::size_t columns) {
    std::string text;
    if (!lesson.patience) return text;
    for (const lesson::Claim& claim : lesson.patience->claims) {
        text += entry(view::say(view::Text::ClaimOpen), view::escaped(claim.text.shown()),
                      view::say(view::Text::ClaimNotWaited), columns);
    }
    return text;
}

}  // namespace tcpstep::cli
