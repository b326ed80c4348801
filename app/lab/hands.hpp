#pragma once

#include <optional>

#include "app/lab/socket_call.hpp"
#include "app/lab/socket_ends.hpp"
#include "app/lesson/lesson.hpp"
#include "model/descriptors.hpp"

namespace tcpstep::lab {

/// The process in which an actor's calls are made: the lab itself, or a child of it
/// (child_process.hpp).
class Hands {
  public:
    virtual ~Hands() = default;

    /// 0 for the lab itself: see model::Process.
    virtual model::Process process() const = 0;

    /// The ends of that descriptor's connection: see ends_of().
    virtual std::optional<SocketEnds> ends(int fd) = 0;

    /// Makes the step's call, blocking as long as it blocks: see make_call().
    virtual CallResult call(const lesson::Step& step, Descriptors& descriptors) = 0;
};

}  // namespace tcpstep::lab
