#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "app/lab/socket_ends.hpp"
#include "model/event.hpp"

namespace tcpstep::lab {

/// Where the actors' threads put what they do, with the time at which they do it.
class Inbox {
  public:
    struct Stamped {
        model::Time time;
        model::Fact fact;
        std::optional<SocketEnds> ends;
    };

    Inbox();
    ~Inbox();
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    /// Stamps `fact` with the present time; `ends` of the connection that it is about, if it is
    /// about one. The stamp is taken under the lock: whatever take()
    /// has not given out yet is later than its `until`.
    void put(model::Fact fact, std::optional<SocketEnds> ends = std::nullopt);

    /// Everything put so far, in order of time. Nothing earlier than `until` will follow.
    std::vector<Stamped> take(model::Time& until);

    /// Readable when there is something to take.
    int descriptor() const { return wake_; }

  private:
    std::mutex mutex_;
    std::vector<Stamped> items_;
    int wake_;
};

}  // namespace tcpstep::lab
