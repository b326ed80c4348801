#include "app/ui/panel/end_fold.hpp"

#include <algorithm>

namespace tcpstep::ui::panel {

using model::Role;

namespace {

struct Moved {
    Role role = Role::Client;
    std::size_t event = 0;  ///< its number; 0: none has moved
};

Moved moved_last(const session::Session& session) {
    Moved last;
    for (const Role role : {Role::Client, Role::Server}) {
        const auto& changes = session.index().changes(role);
        const auto past = std::partition_point(
            changes.begin(), changes.end(),
            [&](const auto& change) { return change.event < session.position(); });
        if (past == changes.begin()) continue;
        const std::size_t event = std::prev(past)->event + 1;
        if (event > last.event) last = {role, event};
    }
    return last;
}

}  // namespace

Role open_end(const session::Session& session, const UiState& state) {
    const Moved last = moved_last(session);
    const std::optional<EndChoice>& chosen = state.end_chosen;
    const bool stands =
        chosen && chosen->timeline == session.timeline_number() && chosen->moved == last.event;
    return stands ? chosen->role : last.role;
}

void choose_end(const session::Session& session, UiState& state, Role role) {
    state.end_chosen = EndChoice{role, session.timeline_number(), moved_last(session).event};
}

}  // namespace tcpstep::ui::panel
