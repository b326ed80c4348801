#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tcpstep::model {

/// What is known of the descriptors of one process. Some are the same socket, made by dup(2):
/// close() counts references, and only that of the last one closes the socket. Some are no TCP
/// socket. One of which nothing was told is TCP, and stands alone.
class Descriptors {
  public:
    /// `fd` is the number of a new socket: whatever had it before is closed.
    void opened(std::int64_t fd, bool tcp);
    /// `copy` is now the same socket as `fd`.
    void duplicated(std::int64_t fd, std::int64_t copy);
    /// `fd` is closed. Gives another descriptor that the same socket still has; nothing if it was
    /// the last.
    std::optional<std::int64_t> closed(std::int64_t fd);

    bool is_tcp(std::int64_t fd) const;

    /// SO_LINGER of its socket was turned on, with so many seconds; with 0 its last close() aborts.
    void lingers(std::int64_t fd, std::int64_t seconds);
    /// `accepted` comes from `listener`, whose SO_LINGER it has (Linux).
    void inherits(std::int64_t accepted, std::int64_t listener);
    bool aborts(std::int64_t fd) const;

    bool operator==(const Descriptors&) const = default;

  private:
    using Group = std::vector<std::int64_t>;
    Group* group_of(std::int64_t fd);

    std::vector<Group> groups_;  // two descriptors of one socket, or more
    Group not_tcp_;
    Group aborting_;  // all descriptors of sockets with SO_LINGER of 0 seconds
};

}  // namespace tcpstep::model
