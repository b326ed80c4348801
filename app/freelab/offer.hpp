#pragma once

#include <string>
#include <vector>

#include "app/freelab/deed.hpp"
#include "app/freelab/notebook.hpp"

namespace tcpstep::freelab {

/// A deed, and why an actor cannot sensibly do it now: "" if it can.
struct Offer {
    Deed deed = Deed::Socket;
    std::string reason;

    bool offered() const { return reason.empty(); }
    bool operator==(const Offer&) const = default;
};

/// All deeds, for the actor's descriptor of that name; "" or a name that is not open: it has none
/// to work on. What fails for a reason that only the kernel knows (nobody listens, the port is
/// taken, the peer has reset) is offered: its errno is the lesson.
std::vector<Offer> offers(const Notebook& notebook, lesson::Actor actor,
                          const std::string& descriptor);

/// Why the actor can do nothing at all now: it is blocked in a call. "" if it is not.
std::string why_blocked(const Notebook& notebook, lesson::Actor actor);

/// Of the actor's descriptors the newest for which the deed is offered, else the newest; "" if it
/// has none.
std::string best_descriptor(const Notebook& notebook, lesson::Actor actor, Deed deed);

/// The address that a socket at the server's end would connect to: the one that a client has bound
/// to. Nothing if none has.
std::optional<model::SocketAddress> bound_client(const Notebook& notebook);

}  // namespace tcpstep::freelab
