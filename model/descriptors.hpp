#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tcpstep::model {

/// A process of an end: 0 is its own, any other the process id of a child that fork(2) made of it.
using Process = std::uint32_t;

/// A descriptor: a number in the table of its process.
struct Descriptor {
    std::int64_t fd = -1;
    Process process = 0;
    bool operator==(const Descriptor&) const = default;
};

/// What is known of the descriptors of the processes of one end. Some are the same socket, made by
/// dup(2) or fork(2): close() counts references, and only that of the last one closes the socket.
/// Some are no TCP socket. One of which nothing was told is TCP, and stands alone.
class Descriptors {
  public:
    /// `fd` is the number of a new socket: whatever had it before is closed.
    void opened(Descriptor fd, bool tcp);
    /// `copy` is now the same socket as `fd`.
    void duplicated(Descriptor fd, Descriptor copy);
    /// `child` has the same sockets as `parent`, by the same numbers.
    void forked(Process parent, Process child);
    /// `fd` is closed. Gives another descriptor that the same socket still has; nothing if it was
    /// the last.
    std::optional<Descriptor> closed(Descriptor fd);

    /// The descriptors that a process is known to have.
    std::vector<Descriptor> of(Process process) const;
    /// Another descriptor of the same socket; nothing if it is the only one.
    std::optional<Descriptor> other(Descriptor fd) const;
    bool is_tcp(Descriptor fd) const;

    /// SO_LINGER of its socket was turned on, with so many seconds; with 0 its last close() aborts.
    void lingers(Descriptor fd, std::int64_t seconds);
    /// `accepted` comes from `listener`, whose SO_LINGER it has (Linux).
    void inherits(Descriptor accepted, Descriptor listener);
    bool aborts(Descriptor fd) const;

    /// TCP_DEFER_ACCEPT of its socket was set to so many seconds; 0 or less turns it off.
    void defers_accept(Descriptor fd, std::int64_t seconds);
    /// How long a request of that listener waits for data, in timeouts of the SYN,ACK; 0: it does
    /// not wait.
    unsigned accept_deferral(Descriptor fd) const;

    bool operator==(const Descriptors&) const = default;

  private:
    struct Socket {
        std::vector<Descriptor> descriptors;  // one at least
        bool tcp = true;
        bool aborts = false;    // SO_LINGER of 0 seconds
        unsigned deferral = 0;  // TCP_DEFER_ACCEPT, in timeouts
        bool operator==(const Socket&) const = default;
    };
    Socket* socket_of(Descriptor fd);
    const Socket* socket_of(Descriptor fd) const;

    // A trace may tell of sockets without end, of which none is ever closed.
    static constexpr std::size_t kMost = 1024;
    std::vector<Socket> sockets_;  // in the order in which they were told of; the oldest give way
};

}  // namespace tcpstep::model
