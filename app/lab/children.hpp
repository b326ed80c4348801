#pragma once

#include <cstdint>
#include <map>
#include <mutex>

#include <sys/types.h>

namespace tcpstep::lab {

/// The children that the actors have forked, as long as they live: whether they sleep.
class Children {
  public:
    using Key = std::uint32_t;

    /// One is about to be forked: until it is known somebody is busy.
    Key expect();
    /// It is process `pid`, and `thread` of the lab tells it what to do.
    void known(Key key, pid_t pid, pid_t thread);
    /// It has ended, or could not be forked.
    void gone(Key key);

    /// All of them sleep, and so do the threads that tell them what to do.
    bool asleep() const;

  private:
    struct Child {
        pid_t pid = 0;
        pid_t thread = 0;
    };
    mutable std::mutex mutex_;
    std::map<Key, Child> children_;
    Key next_ = 1;
};

}  // namespace tcpstep::lab
