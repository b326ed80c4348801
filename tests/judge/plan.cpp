#include "tests/judge/plan.hpp"

#include <random>

#include <fmt/format.h>

namespace tcpstep::judge {

namespace {

// Chance, the same on every machine: the distributions of <random> are not.
class Dice {
  public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}

    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool percent(int chance) { return below(100) < chance; }
    milliseconds wait(int low, int high) { return milliseconds(between(low, high)); }

  private:
    std::mt19937 random_;
};

milliseconds pause(Dice& dice) {
    const int which = dice.below(20);
    if (which < 9) return milliseconds(0);
    if (which < 13) return dice.wait(1, 8);
    if (which < 18) return dice.wait(10, 60);
    return dice.wait(200, 350);
}

std::uint32_t size(Dice& dice) {
    switch (dice.below(6)) {
        case 0:
            return 1;
        case 1:
        case 2:
            return static_cast<std::uint32_t>(dice.between(2, 200));
        case 3:
            return static_cast<std::uint32_t>(dice.between(1000, 9000));
        case 4:
            return static_cast<std::uint32_t>(dice.between(10000, 66000));
        default:
            return static_cast<std::uint32_t>(dice.between(66000, 200000));
    }
}

void add(Dice& dice, EndPlan& end, Call call, std::uint32_t octets = 0) {
    end.steps.push_back({call, octets, pause(dice)});
}

// How an end says goodbye, or does not.
void add_ending(Dice& dice, EndPlan& end) {
    const int which = dice.below(20);
    if (which < 9) {
        add(dice, end, Call::Close);
    } else if (which < 13) {
        add(dice, end, Call::ShutDownSending);
        if (dice.percent(70)) add(dice, end, dice.percent(85) ? Call::Close : Call::Abort);
    } else if (which < 15) {
        add(dice, end, Call::ShutDownBoth);
        if (dice.percent(60)) add(dice, end, Call::Close);
    } else if (which < 18) {
        add(dice, end, Call::Abort);
    } else if (which < 19) {
        add(dice, end, Call::Disconnect);
    }
}

EndPlan end_plan(Dice& dice) {
    EndPlan end;
    const int sends = dice.below(4);
    for (int i = 0; i < sends; ++i) {
        add(dice, end, dice.percent(85) ? Call::Send : Call::ReadSome, size(dice));
    }
    add_ending(dice, end);
    end.reads = dice.percent(80);
    end.impatient = dice.percent(8);
    end.keepalive = dice.percent(6);
    // Long enough for a probe or two.
    if (end.keepalive && !end.steps.empty()) end.steps.back().after += milliseconds(2100);
    if (dice.percent(10)) end.receive_buffer = 4096;
    return end;
}

GatePlan gate_plan(Dice& dice) {
    GatePlan gate;
    const int kind = dice.below(20);
    if (kind >= 6 && kind < 12) {
        gate.drop_percent = dice.between(3, 10);
        gate.duplicate_percent = dice.between(0, 10);
        gate.delay_percent = dice.between(0, 10);
    } else if (kind >= 12 && kind < 15) {
        gate.drop_percent = dice.between(15, 35);
        gate.duplicate_percent = dice.between(0, 25);
        gate.delay_percent = dice.between(0, 30);
    } else if (kind >= 15) {
        const int losses = dice.between(1, 2);
        for (int i = 0; i < losses; ++i) {
            gate.losses.push_back({static_cast<Kind>(dice.below(8)), dice.between(1, 2)});
        }
        gate.duplicate_percent = dice.percent(30) ? 10 : 0;
    }
    switch (dice.below(4)) {
        case 0:
        case 1:
            break;
        case 2:
            gate.latency = dice.wait(1, 10);
            break;
        default:
            gate.latency = dice.wait(1, 5);
            gate.jitter = dice.wait(1, 20);
    }
    return gate;
}

Opening opening(Dice& dice) {
    const int which = dice.below(100);
    if (which < 52) return Opening::Ordinary;
    if (which < 58) return Opening::Refused;
    if (which < 67) return Opening::Simultaneous;
    if (which < 69) return Opening::ToItself;
    if (which < 78) return Opening::FastOpen;
    if (which < 82) return Opening::Overflow;
    if (which < 86) return Opening::DeferAccept;
    if (which < 90) return Opening::ListenerLeaves;
    return Opening::Again;
}

ConnectionPlan connection_plan(Dice& dice, std::uint16_t port) {
    ConnectionPlan connection;
    connection.client = end_plan(dice);
    connection.server = end_plan(dice);
    connection.client_port = port;
    connection.accepted = dice.percent(93);
    if (dice.percent(20)) connection.accept_after = dice.wait(1, 150);
    return connection;
}

// What the way of opening asks for, beyond an ordinary connection.
void arrange(Dice& dice, Plan& plan) {
    ConnectionPlan& first = plan.connections.front();
    const auto port = first.client_port;
    switch (plan.opening) {
        case Opening::Ordinary:
            return;
        case Opening::ToItself:
            first.client.reads = dice.percent(80);
            return;
        case Opening::Refused:
            first.client.impatient = true;
            plan.connections.push_back(connection_plan(dice, port));
            plan.connections.back().begins = dice.wait(5, 200);
            plan.connections.back().after_previous = true;
            if (dice.percent(60)) plan.listener_opens = dice.wait(3, 6);
            return;
        case Opening::Simultaneous:
            // Within the time that a SYN is under way.
            plan.gate.latency = dice.wait(5, 15);
            if (dice.percent(60)) plan.gate.jitter = milliseconds(0);
            return;
        case Opening::FastOpen:
            first.syn_data = dice.percent(80) ? size(dice) : 0;
            first.no_cookie = dice.percent(60);
            plan.connections.push_back(connection_plan(dice, static_cast<std::uint16_t>(port + 1)));
            plan.connections.back().begins = dice.wait(5, 60);
            plan.connections.back().syn_data = size(dice);
            plan.connections.back().no_cookie = first.no_cookie;
            return;
        case Opening::Overflow:
            plan.backlog = dice.below(2);
            for (int i = 1; i < 4; ++i) {
                plan.connections.push_back(
                    connection_plan(dice, static_cast<std::uint16_t>(port + i)));
                plan.connections.back().begins = dice.wait(0, 30);
            }
            for (ConnectionPlan& one : plan.connections) one.accept_after = dice.wait(100, 2500);
            return;
        case Opening::DeferAccept:
            return;
        case Opening::ListenerLeaves:
            plan.listener_closes = dice.wait(0, 40);
            first.accepted = dice.percent(30);
            if (plan.gate.latency.count() == 0) plan.gate.latency = dice.wait(2, 15);
            return;
        case Opening::Again: {
            const int more = dice.between(1, 2);
            for (int i = 0; i < more; ++i) {
                plan.connections.push_back(connection_plan(dice, port));
                plan.connections.back().after_previous = true;
                plan.connections.back().begins =
                    dice.percent(60) ? dice.wait(0, 60) : dice.wait(1000, 1200);
            }
            return;
        }
    }
}

}  // namespace

std::string name(Opening opening) {
    switch (opening) {
        case Opening::Ordinary:
            return "ordinary";
        case Opening::Refused:
            return "refused";
        case Opening::Simultaneous:
            return "simultaneous";
        case Opening::ToItself:
            return "to-itself";
        case Opening::FastOpen:
            return "fast-open";
        case Opening::Overflow:
            return "overflow";
        case Opening::DeferAccept:
            return "defer-accept";
        case Opening::ListenerLeaves:
            return "listener-leaves";
        case Opening::Again:
            return "again";
    }
    return "";
}

std::string name(Kind kind) {
    switch (kind) {
        case Kind::Syn:
            return "SYN";
        case Kind::SynAck:
            return "SYN-ACK";
        case Kind::ThirdAck:
            return "third ACK";
        case Kind::Fin:
            return "FIN";
        case Kind::AckOfFin:
            return "ACK of FIN";
        case Kind::Rst:
            return "RST";
        case Kind::Data:
            return "data";
        case Kind::PureAck:
            return "pure ACK";
    }
    return "";
}

Plan plan_of(std::uint32_t seed) {
    Dice dice(seed);
    Plan plan;
    plan.seed = seed;
    const int laboratory = dice.below(20);
    if (laboratory == 0) plan.laboratory = Laboratory::SynCookies;
    if (laboratory == 1 || laboratory == 2) plan.laboratory = Laboratory::NoTimestamps;
    plan.opening = opening(dice);
    plan.v6 = dice.percent(30);
    // Below the ports that the kernel gives out by itself. Either end may have the higher one.
    plan.server_port = static_cast<std::uint16_t>(dice.between(1025, 30000));
    const auto client_port = static_cast<std::uint16_t>(dice.between(1025, 30000));
    plan.gate = gate_plan(dice);
    plan.connections.push_back(connection_plan(dice, client_port));
    arrange(dice, plan);
    plan.duplicates_captured = dice.percent(60);
    plan.closes_in_the_end = dice.percent(70);
    if (dice.percent(10)) plan.cut = dice.wait(1, 300);
    return plan;
}

std::string describe(const Plan& plan) {
    std::string text = fmt::format("{} {}", name(plan.opening), plan.v6 ? "IPv6" : "IPv4");
    if (plan.laboratory == Laboratory::SynCookies) text += " syn-cookies";
    if (plan.laboratory == Laboratory::NoTimestamps) text += " no-timestamps";
    const GatePlan& gate = plan.gate;
    if (gate.drop_percent != 0) text += fmt::format(" drop={}%", gate.drop_percent);
    if (gate.duplicate_percent != 0) text += fmt::format(" duplicate={}%", gate.duplicate_percent);
    if (gate.delay_percent != 0) text += fmt::format(" delay={}%", gate.delay_percent);
    for (const Loss& loss : gate.losses) {
        text += fmt::format(" lose {} x {}", loss.times, name(loss.kind));
    }
    if (gate.latency.count() != 0) {
        text += fmt::format(" latency={}+{}ms", gate.latency.count(), gate.jitter.count());
    }
    if (gate.duplicate_percent != 0) {
        text += plan.duplicates_captured ? " duplicates-captured" : " duplicates-not-captured";
    }
    if (plan.cut) text += fmt::format(" cut at {} ms", plan.cut->count());
    return text;
}

}  // namespace tcpstep::judge
