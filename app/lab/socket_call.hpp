#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "app/lab/kernel_address.hpp"
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

/// What the kernel gave, not yet in words.
struct Given {
    std::int64_t value = -1;
    int os_errno = 0;
    std::uint32_t datagram_length = 0;  ///< see model::CallReturned
    KernelAddress address;              ///< the sender, or what was asked for
};

/// Makes the step's call on `fd`; what it receives goes into `buffer`, of the step's size. Neither
/// allocates nor takes a lock: a forked child may call it. Only calls that work on sockets.
Given call_kernel(const lesson::Step& step, int fd, const model::SocketAddress& server,
                  std::span<char> buffer);

/// recv() or recvfrom().
bool takes_data(lesson::Call call);

/// The same for people; `received` are the first octets of what it received.
CallResult in_words(const lesson::Step& step, const Given& given, std::string received);

/// Keeps a new descriptor under the step's name for it.
void keep_descriptor(const lesson::Step& step, const CallResult& result, Descriptors& descriptors);

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
