#include "tests/judge/player.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/judge/native_address.hpp"

#ifndef TCP_FASTOPEN_NO_COOKIE
#define TCP_FASTOPEN_NO_COOKIE 34
#endif

namespace tcpstep::judge {

namespace {

// A story, at most; its calls; without any segment before it is over; between two looks at that.
constexpr milliseconds kLongest{9000}, kScript{4500}, kQuiet{260}, kAskAgain{50};
// While the addresses are still taken by the connection before.
constexpr int kTries = 16;
constexpr milliseconds kTryAgain{100};

model::Time now_of_day() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return model::Time(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

void set(int fd, int level, int option, int value) {
    (void)::setsockopt(fd, level, option, &value, sizeof value);
}

std::string line_of(const capture::Packet& packet) {
    return fmt::format("{} > {}  {}", model::to_string(packet.source),
                       model::to_string(packet.destination), to_line(packet.segment, {}));
}

}  // namespace

Player::Connection::Connection(const ConnectionPlan& what, Clock::time_point when,
                               const model::SocketAddress& from, const model::SocketAddress& to,
                               const std::string& number, const Actor::Journal& journal)
    : plan(&what),
      client("client" + number, what.client, from, to, journal),
      server("server" + number, what.server, to, from, journal),
      due(when + what.begins) {}

Player::Player(Plan plan, capture::SegmentGate& gate, SocketLookup& lookup,
               const model::IpAddress& client, const model::IpAddress& server)
    : gate_(&gate),
      lookup_(&lookup),
      random_(plan.seed * 2654435761U + 1),
      server_{server, plan.server_port},
      losses_(plan.gate.losses, server_) {
    record.plan = std::move(plan);
    started_ = quiet_since_ = Clock::now();
    const bool alone = record.plan.connections.size() == 1;
    for (const ConnectionPlan& one : record.plan.connections) {
        const model::SocketAddress from{client, one.client_port};
        connections_.emplace_back(one, started_, from,
                                  record.plan.opening == Opening::ToItself ? from : server_,
                                  alone ? "" : std::to_string(connections_.size() + 1),
                                  [this](std::string text) { log(std::move(text)); });
    }
    listen();
}

Player::~Player() {
    if (listener_ >= 0) ::close(listener_);
}

std::vector<Actor*> Player::actors() {
    std::vector<Actor*> all;
    for (Connection& one : connections_) {
        all.push_back(&one.client);
        all.push_back(&one.server);
    }
    return all;
}

void Player::log(std::string text) {
    record.log.push_back({now_of_day(), std::move(text)});
}

void Player::listen() {
    const Plan& plan = record.plan;
    if (listener_ >= 0) return;
    if (plan.opening == Opening::Simultaneous || plan.opening == Opening::ToItself) return;
    // Not before somebody was refused.
    if (plan.opening == Opening::Refused && record.begun.empty()) return;
    listener_ =
        ::socket(plan.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    set(listener_, SOL_SOCKET, SO_REUSEADDR, 1);
    if (plan.opening == Opening::DeferAccept) set(listener_, IPPROTO_TCP, TCP_DEFER_ACCEPT, 5);
    if (plan.opening == Opening::FastOpen) {
        set(listener_, IPPROTO_TCP, TCP_FASTOPEN, 8);
        if (plan.connections[0].no_cookie) set(listener_, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1);
    }
    if (const auto room = plan.connections[0].server.receive_buffer; room != 0) {
        set(listener_, SOL_SOCKET, SO_RCVBUF, static_cast<int>(room));
    }
    NativeAddress at(server_);
    const int bound = ::bind(listener_, at.get(), at.length());
    const int listens = ::listen(listener_, plan.backlog);
    log(fmt::format("listener: bind() = {}, listen({}) = {}", bound, plan.backlog, listens));
}

bool Player::may_begin(std::size_t index, Clock::time_point now) const {
    const Connection& one = connections_[index];
    if (one.begun || one.tries == kTries || now < one.due) return false;
    if (!one.plan->after_previous) return true;
    const Connection& previous = connections_[index - 1];
    return previous.begun && previous.client.finished() &&
           now >= previous.client.last_step() + one.plan->begins;
}

void Player::begin(Connection& connection, Clock::time_point now) {
    ++connection.tries;
    const model::Time time = now_of_day();
    const Actor& client = connection.client;
    const ConnectionPlan* fast_open = connection.plan->syn_data != 0 ? connection.plan : nullptr;
    if (!connection.client.connect(fast_open, now)) {
        record.refusals.push_back({time, now_of_day(), client.local()});
        connection.due = now + kTryAgain;
        return;
    }
    connection.begun = true;
    connection.begun_at = now;
    record.begun.push_back({time, client.local(), client.remote()});
    if (record.plan.opening == Opening::Simultaneous) connection.server.connect(nullptr, now);
    stepped();
}

void Player::begin_what_is_due(Clock::time_point now) {
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (!may_begin(i, now)) continue;
        if (connections_[i].plan->after_previous && connections_[i - 1].client.open()) {
            connections_[i - 1].client.make({Call::Close, 0, {}});
            stepped();
        }
        begin(connections_[i], now);
    }
    const Plan& plan = record.plan;
    if (plan.listener_opens && now >= started_ + *plan.listener_opens) listen();
    if (plan.listener_closes && now >= started_ + *plan.listener_closes) close_listener();
}

void Player::close_listener() {
    if (listener_ < 0) return;
    log("listener: close()");
    ::close(std::exchange(listener_, -1));
    record.listener_gone = now_of_day();
    stepped();
}

void Player::accept_what_is_due(Clock::time_point now) {
    if (listener_ < 0) return;
    const bool wanted =
        std::any_of(connections_.begin(), connections_.end(), [&](const Connection& one) {
            return one.begun && one.plan->accepted && !one.server.begun() &&
                   now >= one.begun_at + one.plan->accept_after;
        });
    if (!wanted) return;
    NativeAddress from{model::SocketAddress{}};
    const int fd = ::accept4(listener_, from.get(), from.room(), SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    Connection* whose = nullptr;
    for (Connection& one : connections_) {
        if (one.begun && one.client.local() == from.value() && !one.server.open()) whose = &one;
    }
    if (whose != nullptr) {
        whose->server.accepted(fd, now);
    } else {
        // Opened by a copy of an old segment.
        log("listener: accept() gave one more from " + model::to_string(from.value()));
        ::close(fd);
    }
    stepped();
}

void Player::act(Actor& actor, Clock::time_point now, bool look) {
    if (look && actor.reads()) actor.read_all();
    while (actor.act(now)) stepped();
}

// After each call and each delivery.
void Player::stepped() {
    awake_ = true;
    sample();
}

void Player::sample() {
    std::vector<std::pair<model::SocketAddress, model::SocketAddress>> asked;
    for (Actor* actor : actors()) {
        const auto which = std::pair(actor->local(), actor->remote());
        if (std::find(asked.begin(), asked.end(), which) != asked.end()) continue;
        asked.push_back(which);
        const model::Time before = now_of_day();
        const auto found = lookup_->find(actor->local(), actor->remote());
        record.samples.push_back({actor->local(), actor->remote(), before, now_of_day(), found});
    }
}

void Player::stopped(capture::SegmentGate::Stopped segment) {
    const auto* packet = std::get_if<capture::Packet>(&segment.decoded);
    if (over_ || packet == nullptr) {
        (void)gate_->drop(segment.number);
        return;
    }
    const Clock::time_point now = Clock::now();
    quiet_since_ = now;
    awake_ = true;
    const GatePlan& plan = record.plan.gate;
    const bool wanted = losses_.take(*packet);
    if (!played_ && (percent() < plan.drop_percent || wanted)) {
        record.lossless = false;
        log("dropped   " + line_of(*packet));
        (void)gate_->drop(segment.number);
        return;
    }
    auto wait = plan.latency;
    if (plan.jitter.count() != 0)
        wait += milliseconds(random_() % static_cast<unsigned>(plan.jitter.count()));
    if (!played_ && percent() < plan.delay_percent) wait += milliseconds(random_() % 300);
    if (!played_ && percent() < plan.duplicate_percent) {
        const auto later = wait + milliseconds(percent() < 50 ? 0 : random_() % 400);
        held_.emplace(now + later, Held{segment, true});
    }
    if (wait.count() == 0) {
        deliver({std::move(segment), false});
    } else {
        held_.emplace(now + wait, Held{std::move(segment), false});
    }
}

void Player::deliver(const Held& held) {
    const auto& packet = std::get<capture::Packet>(held.segment.decoded);
    log((held.copy ? "copied    " : "delivered ") + line_of(packet));
    Delivery delivery{now_of_day(), {}, packet.source, packet.destination, packet.segment.flags};
    if (held.copy) {
        (void)gate_->inject(held.segment.bytes);
    } else {
        (void)gate_->deliver(held.segment.number);
    }
    stepped();
    delivery.after = now_of_day();
    record.deliveries.push_back(delivery);
    quiet_since_ = Clock::now();
}

void Player::tick(Clock::time_point now) {
    if (over_) return;
    while (!held_.empty() && held_.begin()->first <= now) {
        const Held held = std::move(held_.extract(held_.begin()).mapped());
        deliver(held);
    }
    begin_what_is_due(now);
    accept_what_is_due(now);
    const bool look = std::exchange(awake_, false);
    for (Actor* actor : actors()) act(*actor, now, look);
    finish_when_settled(now);
}

// Every call of the plan was made, or cannot be made any more.
bool Player::is_played(Clock::time_point now) const {
    if (now >= started_ + kScript) return true;
    return std::all_of(connections_.begin(), connections_.end(), [&](const Connection& one) {
        if (!one.begun) return one.tries == kTries;
        const auto accepted_by = one.begun_at + one.plan->accept_after + milliseconds(300);
        return one.client.finished() && one.server.finished() &&
               (one.server.begun() || now >= accepted_by);
    });
}

void Player::close_in_the_end() {
    for (Actor* actor : actors()) {
        if (!actor->open()) continue;
        actor->make({Call::Close, 0, {}});
        stepped();
    }
    if (record.plan.seed % 3 == 0) close_listener();
}

void Player::finish_when_settled(Clock::time_point now) {
    const Plan& plan = record.plan;
    if (now >= started_ + plan.cut.value_or(kLongest)) return finish(false);
    if (!played_) {
        if (!is_played(now)) return;
        if (!ending_at_) ending_at_ = now + milliseconds(random_() % 100);
        if (now < *ending_at_) return;
        played_ = true;
        if (plan.closes_in_the_end) close_in_the_end();
        return;
    }
    if (!held_.empty() || now < quiet_since_ + kQuiet || now < asked_ + kAskAgain) return;
    asked_ = now;
    for (const Actor* actor : actors()) {
        const auto found = lookup_->find(actor->local(), actor->remote());
        if (found && found->retransmitting) return;
    }
    finish(true);
}

void Player::finish(bool settled) {
    sample();
    record.settled = settled;
    record.ended = now_of_day();
    over_ = true;
    for (const auto& [due, held] : held_) {
        if (!held.copy) (void)gate_->drop(held.segment.number);
    }
    held_.clear();
}

}  // namespace tcpstep::judge
