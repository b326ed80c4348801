#pragma once

#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

#include "model/address.hpp"

namespace tcpstep::judge {

/// An address as socket calls want it.
class NativeAddress {
  public:
    explicit NativeAddress(const model::SocketAddress& address) {
        if (address.ip.v6) {
            v6().sin6_family = AF_INET6;
            v6().sin6_port = htons(address.port);
            std::memcpy(&v6().sin6_addr, address.ip.bytes.data(), 16);
            length_ = sizeof(sockaddr_in6);
        } else {
            v4().sin_family = AF_INET;
            v4().sin_port = htons(address.port);
            std::memcpy(&v4().sin_addr, address.ip.bytes.data(), 4);
            length_ = sizeof(sockaddr_in);
        }
    }

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage_); }
    socklen_t length() const { return length_; }
    /// For a call that fills it in: the whole of it.
    socklen_t* room() {
        length_ = sizeof storage_;
        return &length_;
    }

    model::SocketAddress value() {
        if (storage_.ss_family == AF_INET6) {
            return {model::IpAddress::from_v6(v6().sin6_addr.s6_addr), ntohs(v6().sin6_port)};
        }
        return {model::IpAddress::from_v4(reinterpret_cast<const std::uint8_t*>(&v4().sin_addr)),
                ntohs(v4().sin_port)};
    }

  private:
    sockaddr_in& v4() { return reinterpret_cast<sockaddr_in&>(storage_); }
    sockaddr_in6& v6() { return reinterpret_cast<sockaddr_in6&>(storage_); }

    sockaddr_storage storage_{};
    socklen_t length_ = 0;
};

}  // namespace tcpstep::judge
