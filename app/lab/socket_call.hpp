#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/lesson/lesson.hpp"
#include "model/event.hpp"

namespace tcpstep::lab {

/// The descriptors of one actor, by the names that its lesson gives them.
using Descriptors = std::map<std::string, int>;

/// What a real socket call gave back.
struct CallResult {
    std::int64_t value = -1;
    int os_errno = 0;  ///< 0 if it succeeded
    // See model::CallReturned:
    std::string text = {};
    std::string address = {};
    std::uint32_t datagram_length = 0;
};

/// The arguments with which the step will call, as a person reads them.
std::vector<model::CallArgument> arguments_of(const lesson::Step& step,
                                              const Descriptors& descriptors,
                                              const model::SocketAddress& server);

/// Makes the step's call, blocking as the program of a student would, and keeps a new descriptor
/// under the step's name for it. `server` is the lesson's address, which sockets are made for,
/// bound and connected to unless the step names another.
CallResult make_call(const lesson::Step& step, Descriptors& descriptors,
                     const model::SocketAddress& server);

/// Lets a listener take its port though connections of an earlier run are still in TIME_WAIT there
/// (SO_REUSEADDR). For the host's loopback only: a private one has no earlier run.
void allow_address_reuse(int fd);

/// "ECONNREFUSED"; "errno 4711" for a number without a name.
std::string errno_name(int os_errno);

}  // namespace tcpstep::lab
