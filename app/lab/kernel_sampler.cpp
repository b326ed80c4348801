#include "app/lab/kernel_sampler.hpp"

#include <algorithm>
#include <utility>

#include "app/lab/socket_owner.hpp"
#include "capture/socket_sample.hpp"

namespace tcpstep::lab {

namespace {

using capture::SocketInfo;
using model::Role;
using model::SocketSampled;
using model::State;

const SocketInfo* find_socket(const std::vector<SocketInfo>& sockets,
                              const model::SocketAddress& local,
                              const model::SocketAddress& remote) {
    const auto found = std::find_if(sockets.begin(), sockets.end(), [&](const SocketInfo& one) {
        return one.state != State::Listen && one.local == local && one.remote == remote;
    });
    return found == sockets.end() ? nullptr : &*found;
}

SocketSampled sample_of(Role role, const SocketInfo* socket) {
    if (socket != nullptr) return capture::sample_of(role, *socket);
    SocketSampled none;
    none.endpoint = role;
    none.state = State::Closed;  // the kernel has no such socket any more
    return none;
}

// The same but for a timer that has run on.
bool same(const model::Fact& a, const model::Fact& b) {
    const auto* one = std::get_if<SocketSampled>(&a);
    const auto* other = std::get_if<SocketSampled>(&b);
    if (one == nullptr || other == nullptr) return a == b;
    SocketSampled copy = *one;
    copy.timer_ms = other->timer_ms;
    return copy == *other;
}

// Its timer does not run out when it was to, by what was seen `ago`: it was set again.
bool armed_anew(const model::Fact& before, const model::Fact& now, model::Duration ago) {
    constexpr std::chrono::milliseconds kJitter{100};
    const auto* then = std::get_if<SocketSampled>(&before);
    const auto* later = std::get_if<SocketSampled>(&now);
    if (then == nullptr || later == nullptr || later->timer.empty()) return false;
    // Linux rounds timers of a minute up to a few seconds: until it fires, nothing is left of it.
    if (later->timer_ms <= 0) return false;
    return std::chrono::milliseconds(later->timer_ms - then->timer_ms) + ago > kJitter;
}

// TIME_WAIT's, and not told of for long.
bool counts_down(const model::Fact& fact, model::Duration ago) {
    const auto* sample = std::get_if<SocketSampled>(&fact);
    return sample != nullptr && sample->state == State::TimeWait && sample->timer_ms > 0 &&
           ago >= KernelSampler::kCountdown;
}

}  // namespace

KernelSampler::KernelSampler(capture::SockDiag diag, model::SocketAddress server)
    : diag_(std::move(diag)), server_(server) {}

void KernelSampler::disturb(model::Time when) {
    disturbed_ = std::max(disturbed_, when);
    look_.reset();
    previous_.reset();
    settled_ = false;
}

model::Time KernelSampler::due() const {
    if (settled_) return looked_ + kAgain;
    return previous_ ? previous_at_ + kQuiet : disturbed_ + kQuiet;
}

Result<void> KernelSampler::look(model::Time now, const Recorder& recorder) {
    const auto sockets = diag_.sample();
    if (!sockets) return tl::make_unexpected(sockets.error());
    look_ = view_of(*sockets, recorder);
    looked_ = now;
    return {};
}

std::vector<KernelSampler::Sample> KernelSampler::confirm(
    const std::vector<model::claim::EndOf>& awaited) {
    const auto equal = [](const View& a, const View& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Seen& x, const Seen& y) {
            return x.connection == y.connection && same(x.fact, y.fact);
        });
    };
    if (!previous_ || !equal(*previous_, *look_)) {
        previous_ = std::exchange(look_, std::nullopt);
        previous_at_ = looked_;
        settled_ = false;
        return {};
    }
    settled_ = true;
    const auto is_awaited = [&awaited](const Seen& seen) {
        const auto* sample = std::get_if<SocketSampled>(&seen.fact);
        return sample != nullptr &&
               std::any_of(awaited.begin(), awaited.end(), [&](const model::claim::EndOf& end) {
                   return end.endpoint == sample->endpoint &&
                          (!seen.connection || seen.connection == end.connection);
               });
    };
    std::vector<Sample> changes;
    std::vector<Told> now_told;
    for (const Seen& seen : *look_) {
        const auto before = std::find_if(told_.begin(), told_.end(), [&](const Told& one) {
            return one.seen.connection == seen.connection && same(one.seen.fact, seen.fact) &&
                   !armed_anew(one.seen.fact, seen.fact, looked_ - one.at);
        });
        const bool again =
            before != told_.end() && ((before->at <= disturbed_ && is_awaited(seen)) ||
                                      counts_down(seen.fact, looked_ - before->at));
        if (before != told_.end() && !again) {
            now_told.push_back(*before);
            continue;
        }
        now_told.push_back({seen, looked_});
        changes.push_back({looked_, seen.connection, seen.fact});
    }
    told_ = std::move(now_told);
    previous_ = std::exchange(look_, std::nullopt);
    previous_at_ = looked_;
    return changes;
}

bool KernelSampler::kernel_will_send() const {
    return std::any_of(told_.begin(), told_.end(), [](const Told& told) {
        const auto* sample = std::get_if<SocketSampled>(&told.seen.fact);
        // Keepalive is not asked for by any lesson: in FIN_WAIT_2 its timer waits for the peer.
        return sample != nullptr && (sample->timer == name(capture::Timer::Retransmit) ||
                                     sample->timer == name(capture::Timer::ZeroWindowProbe));
    });
}

bool KernelSampler::time_wait_runs() const {
    return std::any_of(told_.begin(), told_.end(), [](const Told& told) {
        const auto* sample = std::get_if<SocketSampled>(&told.seen.fact);
        return sample != nullptr && sample->state == State::TimeWait;
    });
}

bool KernelSampler::awaits_acknowledgment() const {
    return std::any_of(told_.begin(), told_.end(), [](const Told& told) {
        const auto* sample = std::get_if<SocketSampled>(&told.seen.fact);
        return sample != nullptr && sample->send_q > 0 && sample->state != State::Listen &&
               sample->state != State::SynSent && sample->state != State::SynRcvd;
    });
}

KernelSampler::View KernelSampler::view_of(const std::vector<SocketInfo>& sockets,
                                           const Recorder& recorder) const {
    View view;
    const auto found = std::find_if(sockets.begin(), sockets.end(), [this](const SocketInfo& one) {
        return one.state == State::Listen && one.local == server_;
    });
    const SocketInfo* listener = found == sockets.end() ? nullptr : &*found;
    const auto& connections = recorder.trace().connections();
    const auto server_state = [&recorder](model::ConnectionIndex one) {
        return recorder.connection(one).server.state();
    };
    for (std::size_t i = 0; i < connections.size(); ++i) {
        const auto index = static_cast<model::ConnectionIndex>(i);
        const model::ConnectionId& between = connections[i];
        const auto socket_of = [&](Role role) {
            const bool client = role == Role::Client;
            return find_socket(sockets, client ? between.client : between.server,
                               client ? between.server : between.client);
        };
        const auto own_socket = [&](Role role) -> const SocketInfo* {
            const SocketInfo* socket = socket_of(role);
            const bool ours =
                socket != nullptr && owns_socket(connections, index, role, server_state);
            return ours ? socket : nullptr;
        };
        const auto told = [&](Role role, const SocketInfo* own) {
            SocketSampled sample = sample_of(role, own);
            sample.reused = own == nullptr && socket_of(role) != nullptr;
            return sample;
        };
        view.push_back({index, told(Role::Client, own_socket(Role::Client))});
        const SocketInfo* own = own_socket(Role::Server);
        // Where the kernel has no socket for this connection but a listener, the server's end may
        // be in LISTEN or, if the connection is over, CLOSED: to the kernel that is the same.
        const bool listens = recorder.connection(index).server.state() == State::Listen;
        view.push_back({index, own == nullptr && listens ? sample_of(Role::Server, listener)
                                                         : told(Role::Server, own)});
    }
    if (listener == nullptr) return view;
    // Until a client comes the listener is the server's end; afterwards it stands beside it.
    if (connections.empty()) view.push_back({std::nullopt, sample_of(Role::Server, listener)});
    model::ListenerSampled queues;
    queues.accept_queue = listener->recv_q;
    queues.backlog = listener->send_q;
    queues.syn_queue = static_cast<std::uint32_t>(
        std::count_if(sockets.begin(), sockets.end(), [this](const SocketInfo& one) {
            return one.state == State::SynRcvd && one.local == server_;
        }));
    view.push_back({std::nullopt, queues});
    return view;
}

}  // namespace tcpstep::lab
