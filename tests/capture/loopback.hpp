#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>

#include "model/address.hpp"

namespace tcpstep::capture {

/// A descriptor that is closed at the end. Failing calls throw std::system_error.
class Socket {
  public:
    explicit Socket(int descriptor);
    Socket(Socket&& other) noexcept;
    Socket(const Socket&) = delete;
    Socket& operator=(Socket&&) = delete;
    ~Socket() { close(); }

    int descriptor() const { return descriptor_; }
    void close();

    Socket accept() const;
    void send(std::size_t octets) const;             ///< all of them
    std::size_t receive(std::size_t at_most) const;  ///< 0 at the end
    void shut_down_sending() const;

    model::SocketAddress local() const;

  private:
    int descriptor_;
};

enum class Family { V4, V6 };

/// The name for GoogleTest.
inline std::ostream& operator<<(std::ostream& out, Family family) {
    return out << (family == Family::V4 ? "IPv4" : "IPv6");
}

/// Listens on a free port of the family's loopback address.
Socket listen_on(Family family, int backlog = 5);

/// A blocking connect().
Socket connect_to(const model::SocketAddress& server);

/// A connect() that does not wait for its end.
Socket begin_connect_to(const model::SocketAddress& server);

/// Octets sent into the void: UDP datagrams to a socket that nobody reads.
void send_datagrams(std::size_t count);

/// Segments that the kernel sent in this network namespace (RFC 4022 tcpOutSegs), retransmissions
/// not included.
std::uint64_t segments_sent();

constexpr std::chrono::seconds kPatience{10};

/// Asks again and again until `holds` or kPatience is over; whether it held.
bool eventually(const std::function<bool()>& holds);

}  // namespace tcpstep::capture
