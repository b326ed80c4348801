#include "tests/judge/laboratory.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <variant>

#include <fmt/format.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/live_capture.hpp"
#include "capture/private_network.hpp"
#include "capture/segment_gate.hpp"
#include "tests/judge/player.hpp"

namespace tcpstep::judge {

namespace {

constexpr std::size_t kAtOnce = 96;

// <linux/ipv6.h> has it, and cannot be included with <netinet/in.h>.
struct NewAddress {
    in6_addr address;
    std::uint32_t prefix;
    int interface;
};

struct Addresses {
    model::IpAddress client, server;
};

// Each story has its own, and no other process on this machine is likely to have the same: the
// tracepoint tells of all of them.
Addresses addresses_of(const Plan& plan) {
    const auto process = static_cast<unsigned>(::getpid());
    const auto pair = plan.seed % 30000;
    const unsigned first = plan.seed % 2 == 0 ? 1 : 2;
    const auto address = [&](unsigned which) {
        const std::string text =
            plan.v6 ? fmt::format("fd00:{:x}::{:x}:{:x}", process & 0xffffU, pair, which)
                    : fmt::format("127.{}.{}.{}", process % 250 + 1, pair / 120,
                                  pair % 120 * 2 + which);
        return *model::parse_ip(text);
    };
    return {address(first), address(3 - first)};
}

void add_to_loopback(const model::IpAddress& address) {
    const int any = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    NewAddress wanted{};
    std::memcpy(&wanted.address, address.bytes.data(), sizeof wanted.address);
    wanted.prefix = 128;
    wanted.interface = static_cast<int>(::if_nametoindex("lo"));
    (void)::ioctl(any, SIOCSIFADDR, &wanted);
    ::close(any);
}

void set(const std::string& name, const std::string& value) {
    std::ofstream("/proc/sys/net/ipv4/" + name) << value;
}

// Exit statuses of a laboratory.
constexpr int kForbidden = 3, kLost = 4;

// A private network in which stories are played.
class Network {
  public:
    static Result<Network> enter(Laboratory laboratory);
    void play(std::vector<Plan> plans, const std::function<void(const Record&)>& done);
    /// Segments and events that nobody drained quickly enough: what was recorded has holes.
    std::uint64_t lost() {
        return all_.lost() + unmarked_.lost() + gate_.lost() +
               (tracepoint_ ? tracepoint_->lost() : 0);
    }

  private:
    struct Playing {
        std::unique_ptr<Player> player;
        Addresses addresses;
    };

    Network(std::optional<StateTracepoint> tracepoint, capture::SegmentGate gate,
            SocketLookup lookup, capture::LiveCapture all, capture::LiveCapture unmarked)
        : tracepoint_(std::move(tracepoint)),
          gate_(std::move(gate)),
          lookup_(std::move(lookup)),
          all_(std::move(all)),
          unmarked_(std::move(unmarked)) {}

    void begin(Plan plan);
    void wait();
    void stop_segments();
    void take_events();
    void take_captured(capture::LiveCapture& capture, bool marked);
    Player* player_of(const model::IpAddress& address);
    void finish(Playing& playing, const std::function<void(const Record&)>& done);

    std::optional<StateTracepoint> tracepoint_;
    capture::SegmentGate gate_;
    SocketLookup lookup_;
    capture::LiveCapture all_, unmarked_;
    std::vector<Playing> playing_;
    std::map<model::IpAddress, Player*> whose_;
};

Result<Network> Network::enter(Laboratory laboratory) {
    std::optional<StateTracepoint> tracepoint;
    if (auto opened = StateTracepoint::open()) tracepoint = std::move(*opened);
    if (auto entered = capture::enter_private_network(); !entered) {
        return tl::unexpected(entered.error());
    }
    // An address is there at once, and not first asked for on the wire (RFC 4862 5.4).
    std::ofstream("/proc/sys/net/ipv6/conf/lo/accept_dad") << "0";
    set("tcp_syncookies", laboratory == Laboratory::SynCookies ? "2" : "1");
    if (laboratory == Laboratory::NoTimestamps) set("tcp_timestamps", "0");
    set("tcp_fastopen", "3");
    auto all = capture::LiveCapture::open("lo", "tcp", capture::Marked::Seen);
    if (!all) return tl::unexpected(all.error());
    auto unmarked = capture::LiveCapture::open("lo", "tcp", capture::Marked::Ignored);
    if (!unmarked) return tl::unexpected(unmarked.error());
    auto lookup = SocketLookup::open();
    if (!lookup) return tl::unexpected(lookup.error());
    auto gate = capture::SegmentGate::open();
    if (!gate) return tl::unexpected(gate.error());
    return Network(std::move(tracepoint), std::move(*gate), std::move(*lookup), std::move(*all),
                   std::move(*unmarked));
}

void Network::begin(Plan plan) {
    const Addresses addresses = addresses_of(plan);
    auto player = std::make_unique<Player>(std::move(plan), gate_, lookup_, addresses.client,
                                           addresses.server);
    player->record.traced = tracepoint_.has_value();
    whose_[addresses.client] = whose_[addresses.server] = player.get();
    playing_.push_back({std::move(player), addresses});
}

Player* Network::player_of(const model::IpAddress& address) {
    const auto found = whose_.find(address);
    return found == whose_.end() ? nullptr : found->second;
}

void Network::wait() {
    pollfd gate{gate_.descriptor(), POLLIN, 0};
    ::poll(&gate, 1, 1);
}

void Network::stop_segments() {
    std::vector<capture::SegmentGate::Stopped> stopped;
    (void)gate_.drain(
        [&](capture::SegmentGate::Stopped one) { stopped.push_back(std::move(one)); });
    for (auto& one : stopped) {
        const auto* packet = std::get_if<capture::Packet>(&one.decoded);
        Player* player = packet != nullptr ? player_of(packet->source.ip) : nullptr;
        if (player == nullptr) {
            (void)gate_.drop(one.number);
        } else {
            player->stopped(std::move(one));
        }
    }
}

void Network::take_events() {
    if (!tracepoint_) return;
    for (const StateEvent& event : tracepoint_->drain()) {
        if (Player* player = player_of(event.local.ip)) player->record.events.push_back(event);
    }
}

void Network::take_captured(capture::LiveCapture& capture, bool marked) {
    (void)capture.drain([&](model::Time time, capture::Decoded decoded) {
        auto* packet = std::get_if<capture::Packet>(&decoded);
        Player* player = packet != nullptr ? player_of(packet->source.ip) : nullptr;
        if (player == nullptr || player->record.plan.duplicates_captured != marked) return;
        player->record.captured.push_back({time, std::move(*packet)});
    });
}

void Network::finish(Playing& playing, const std::function<void(const Record&)>& done) {
    Record& record = playing.player->record;
    std::erase_if(record.events, [&](const StateEvent& one) { return one.time > record.ended; });
    std::erase_if(record.captured, [&](const Captured& one) { return one.time > record.ended; });
    done(record);
    whose_.erase(playing.addresses.client);
    whose_.erase(playing.addresses.server);
    playing.player.reset();
}

void Network::play(std::vector<Plan> plans, const std::function<void(const Record&)>& done) {
    for (const Plan& plan : plans) {
        if (!plan.v6) continue;
        add_to_loopback(addresses_of(plan).client);
        add_to_loopback(addresses_of(plan).server);
    }
    std::reverse(plans.begin(), plans.end());
    while (!plans.empty() || !playing_.empty()) {
        // A few a round: those already playing should not wait long.
        for (int i = 0; i < 4 && !plans.empty() && playing_.size() < kAtOnce; ++i) {
            begin(std::move(plans.back()));
            plans.pop_back();
        }
        wait();
        stop_segments();
        const auto now = Clock::now();
        for (Playing& one : playing_) one.player->tick(now);
        take_events();
        take_captured(all_, true);
        take_captured(unmarked_, false);
        for (Playing& one : playing_) {
            if (one.player->over()) finish(one, done);
        }
        std::erase_if(playing_, [](const Playing& one) { return one.player == nullptr; });
    }
}

// In a process of its own, which ends with the network.
int play_in(Laboratory laboratory, std::vector<Plan> plans,
            const std::function<void(const Record&)>& done) {
    auto network = Network::enter(laboratory);
    if (!network) {
        fmt::print(stderr, "{}\n", network.error().line());
        return kForbidden;
    }
    network->play(std::move(plans), done);
    return network->lost() == 0 ? 0 : kLost;
}

}  // namespace

Result<void> play(const std::vector<std::uint32_t>& seeds,
                  const std::function<void(const Record&)>& done) {
    std::map<Laboratory, std::vector<Plan>> plans;
    for (const std::uint32_t seed : seeds) {
        Plan plan = plan_of(seed);
        plans[plan.laboratory].push_back(std::move(plan));
    }
    std::vector<pid_t> children;
    for (auto& [laboratory, some] : plans) {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(play_in(laboratory, std::move(some), done));
        children.push_back(child);
    }
    Result<void> result;
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WIFEXITED(status) && WEXITSTATUS(status) == kForbidden) {
            result = fail(ErrorKind::MachineForbids, "judge: no private network, or no gate in it",
                          "run tcpstep doctor");
        } else if (status != 0) {
            result = fail(ErrorKind::DoesNotHold,
                          fmt::format("judge: a laboratory ended with status {:#x}{}", status,
                                      WEXITSTATUS(status) == kLost ? ": segments were lost" : ""));
        }
    }
    return result;
}

}  // namespace tcpstep::judge
