#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/freelab/deed.hpp"
#include "app/freelab/notebook.hpp"
#include "model/result.hpp"

namespace tcpstep::freelab {

/// What the user wants an actor to do; what is not said is chosen.
struct Wish {
    lesson::Actor actor = lesson::Actor::Client;
    Deed deed = Deed::Socket;
    std::string on = {};                               ///< a descriptor; "": best_descriptor()
    std::optional<std::string> data = {};              ///< send
    std::optional<std::int64_t> number = {};           ///< backlog, size or value
    std::string option = "SO_REUSEADDR";               ///< setsockopt
    std::string how = "SHUT_WR";                       ///< shutdown
    std::optional<model::SocketAddress> address = {};  ///< bind, connect
    /// Done even if it is not offered, as long as the actor has such a descriptor: to see how it
    /// fails.
    bool anyway = false;

    bool operator==(const Wish&) const = default;
};

// What is chosen where nothing is said.
inline constexpr std::int64_t kBacklog = 10, kRecvSize = 1024, kOptionValue = 1;
inline constexpr const char* kSentText = "hello";

/// The calls that do it, one or two, named and labelled for the notebook. BadInput, in one line, if
/// it is not offered. `server` is the lab's address.
Result<std::vector<lesson::Step>> steps_for(const Wish& wish, const Notebook& notebook,
                                            const model::SocketAddress& server);

}  // namespace tcpstep::freelab
