#include "tests/bench/paced_sender.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <random>
#include <system_error>
#include <vector>

#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/made_connection.hpp"

namespace tcpstep::bench {

namespace {

constexpr std::uint32_t kConnections = 1000;  // at the same time
constexpr std::uint32_t kSegmentsOfEach = 200;
constexpr std::array<std::uint8_t, 2048> kZeros{};  // payload

int open_lo() {
    const int descriptor = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    sockaddr_ll lo{};
    lo.sll_family = AF_PACKET;
    lo.sll_protocol = htons(ETH_P_IP);
    lo.sll_ifindex = static_cast<int>(if_nametoindex("lo"));
    if (descriptor < 0 || ::bind(descriptor, reinterpret_cast<sockaddr*>(&lo), sizeof lo) != 0) {
        throw std::system_error(errno, std::generic_category(), "packet socket");
    }
    return descriptor;
}

/// The next segments of kConnections, of which a new one begins when one is over.
class Traffic {
  public:
    Traffic() {
        for (std::uint32_t i = 0; i < kConnections; ++i) open_.emplace_back(i, kSegmentsOfEach);
    }

    MadeFrame next(std::uint32_t milliseconds) {
        MadeConnection& one = open_[random_() % open_.size()];
        if (one.over()) one = MadeConnection(next_++, kSegmentsOfEach);
        return one.next(milliseconds, 128, random_);
    }

  private:
    std::mt19937 random_{1};
    std::vector<MadeConnection> open_;
    std::uint32_t next_ = kConnections;
};

// Frames of one millisecond, which the kernel takes in one call.
class Batch {
  public:
    explicit Batch(std::size_t size) : frames_(size), parts_(2 * size), messages_(size) {
        for (std::size_t i = 0; i < size; ++i) {
            messages_[i].msg_hdr.msg_iov = &parts_[2 * i];
            messages_[i].msg_hdr.msg_iovlen = 2;
        }
    }

    void fill(Traffic& traffic, std::uint32_t milliseconds) {
        for (std::size_t i = 0; i < frames_.size(); ++i) {
            MadeFrame& frame = frames_[i] = traffic.next(milliseconds);
            const std::size_t headers = std::min(frame.captured, frame.length);
            parts_[2 * i] = {frame.octets.data(), headers};
            parts_[2 * i + 1] = {const_cast<std::uint8_t*>(kZeros.data()), frame.length - headers};
        }
    }

    // How many were sent.
    std::size_t send(int descriptor) {
        std::size_t sent = 0;
        while (sent < messages_.size()) {
            const auto left = static_cast<unsigned>(messages_.size() - sent);
            const int now = ::sendmmsg(descriptor, &messages_[sent], left, 0);
            if (now <= 0) break;
            sent += static_cast<std::size_t>(now);
        }
        return sent;
    }

  private:
    std::vector<MadeFrame> frames_;
    std::vector<iovec> parts_;
    std::vector<mmsghdr> messages_;
};

// Who is late sends at once, until it is on time again.
void sleep_until(timespec& next) {
    next.tv_nsec += 1'000'000;
    if (next.tv_nsec >= 1'000'000'000) {
        next.tv_nsec -= 1'000'000'000;
        ++next.tv_sec;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr);
}

std::uint64_t send_all(int descriptor, std::uint32_t each_millisecond,
                       std::chrono::milliseconds time) {
    Traffic traffic;
    Batch batch(each_millisecond);
    std::uint64_t sent = 0;
    timespec next{};
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (std::int64_t now = 0; now < time.count(); ++now) {
        batch.fill(traffic, static_cast<std::uint32_t>(now));
        sent += batch.send(descriptor);
        sleep_until(next);
    }
    return sent;
}

}  // namespace

PacedSender::PacedSender(std::uint32_t each_millisecond, std::chrono::milliseconds time) {
    const int descriptor = open_lo();
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    process_ = ::fork();
    if (process_ == 0) {
        const std::uint64_t sent = send_all(descriptor, each_millisecond, time);
        ::_exit(::write(pipe[1], &sent, sizeof sent) == sizeof sent ? 0 : 1);
    }
    ::close(pipe[1]);
    ::close(descriptor);
    told_ = pipe[0];
}

std::uint64_t PacedSender::sent() {
    std::uint64_t sent = 0;
    if (::read(told_, &sent, sizeof sent) != sizeof sent) sent = 0;
    ::waitpid(process_, nullptr, 0);
    return sent;
}

}  // namespace tcpstep::bench
