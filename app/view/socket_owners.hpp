#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/timeline.hpp"

namespace tcpstep::view {

/// Whose socket a call is about, where an end has several: socket() and bind() name no connection,
/// so each connection's timeline has them. What is done with the descriptor later tells.
class SocketOwners {
  public:
    /// A socket that socket() gave; 0: it is not known which one a call is about.
    using Socket = std::size_t;

    /// Which one that call is about; `own`: its event names the timeline's connection.
    Socket enter(const model::CallEntered& call, bool own);
    /// The call is over, which was about `on`. Which one it gave, else `on`.
    Socket leave(const model::CallEntered& call, const model::CallReturned& returned, Socket on);
    /// Another connection's socket was used.
    void take(const model::Timeline::OthersCall& call);

    /// Another connection used it, and this one never did.
    bool is_others(model::Role role, Socket socket) const;
    /// Of that end there is one.
    bool has_others(model::Role role) const { return has_others_[role_index(role)]; }

  private:
    struct Use {
        bool own = false;
        bool others = false;
    };
    using Name = std::pair<model::Process, std::int64_t>;

    static std::size_t role_index(model::Role role) { return role == model::Role::Client ? 0 : 1; }

    std::vector<Use> uses_[2];         // [i]: of socket i + 1
    std::map<Name, Socket> names_[2];  // of the descriptors that are open
    bool has_others_[2] = {false, false};
};

}  // namespace tcpstep::view
