#include "app/session/claims.hpp"

namespace tcpstep::session {

const std::vector<view::ClaimEntry>& claims_of(const Session& session) {
    const Session::ClaimsOf of{session.timeline_number(), session.timeline().size(),
                               session.position(), strings::language()};
    return session.claims_.get(of, [&] {
        std::vector<view::Claimed> claimed;
        if (const lesson::Lesson* lesson = session.lesson()) {
            for (const lesson::Claim& claim : lesson->claims)
                claimed.push_back({claim.id, claim.text.shown()});
        }
        return view::claim_list(session.timeline(), session.index(), claimed, session.position());
    });
}

view::ClaimTally claim_tally(const Session& session) {
    return view::tally(claims_of(session));
}

bool claims_unchecked(const Session& session) {
    const lesson::Lesson* lesson = session.lesson();
    if (lesson == nullptr || lesson->claims.empty() || !session.index().claims().empty())
        return false;
    if (session.timeline().size() == 0) return false;
    // A run that is over has decided all that it watched.
    return !session.running() || session.index().gated() != lesson->held;
}

}  // namespace tcpstep::session
