#include "tests/app/view/sample_run.hpp"

#include <algorithm>

namespace tcpstep::testing {

using namespace model;
using namespace std::chrono_literals;

namespace {

void put16(std::vector<std::uint8_t>& out, std::uint32_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value));
}

void put32(std::vector<std::uint8_t>& out, std::uint32_t value) {
    put16(out, value >> 16);
    put16(out, value & 0xffff);
}

void put_options(std::vector<std::uint8_t>& out, bool syn) {
    if (syn) {
        for (int byte : {2, 4, 0xff, 0xd7, 4, 2}) out.push_back(static_cast<std::uint8_t>(byte));
    } else {
        out.insert(out.end(), {1, 1});
    }
    out.insert(out.end(), {8, 10});
    put32(out, 255474104);
    put32(out, syn ? 0 : 255474104);
    if (syn) out.insert(out.end(), {1, 3, 3, 7});
}

// The IP and TCP headers as they would be on the wire, checksums left open as on loopback.
std::vector<std::uint8_t> headers_of(const Segment& segment, const ConnectionId& id) {
    std::vector<std::uint8_t> options;
    put_options(options, segment.flags.syn());
    const bool client = segment.from == Role::Client;
    const IpAddress& from = client ? id.client.ip : id.server.ip;
    const IpAddress& to = client ? id.server.ip : id.client.ip;
    const auto behind = static_cast<std::uint32_t>(20 + options.size() + segment.length);
    std::vector<std::uint8_t> out;
    if (from.v6) {
        put32(out, 0x6000'0000);
        put16(out, behind);
        put16(out, 6 << 8 | 64);
    } else {
        put32(out, 0x4500'0000 | (20 + behind));
        put32(out, 0x4000);
        put32(out, 64U << 24 | 6 << 16);
    }
    for (const IpAddress* ip : {&from, &to})
        out.insert(out.end(), ip->bytes.begin(), ip->bytes.begin() + (ip->v6 ? 16 : 4));
    put16(out, client ? id.client.port : id.server.port);
    put16(out, client ? id.server.port : id.client.port);
    put32(out, segment.seq.raw());
    put32(out, segment.ack.raw());
    put16(out, static_cast<std::uint32_t>((20 + options.size()) / 4) << 12 | segment.flags.bits());
    put16(out, segment.window);
    put16(out, 0xfe30);
    put16(out, 0);
    out.insert(out.end(), options.begin(), options.end());
    return out;
}

}  // namespace

RunBuilder::RunBuilder(bool gated, bool v6) : v6_(v6), now_(std::chrono::seconds(1'700'000'000)) {
    id_.client = {*parse_ip(v6 ? "2001:db8:85a3:8d3:1319:8a2e:370:7348" : "127.0.0.1"), 43512};
    id_.server = {*parse_ip(v6 ? "2001:db8:85a3:8d3:1319:8a2e:370:7349" : "127.0.0.1"), 8000};
    Scenario scenario;
    scenario.lesson = "four-way-close";
    scenario.title = "The four-way close";
    scenario.lab = true;
    scenario.gated = gated;
    scenario.server = id_.server;
    trace.title = scenario.title;
    add(scenario, false);
}

void RunBuilder::add(Fact fact, bool of_connection) {
    Event event;
    event.time = now_;
    if (of_connection) event.connection = trace.intern(id_);
    event.fact = std::move(fact);
    trace.append(std::move(event));
    now_ += 10us;
}

RunBuilder& RunBuilder::later(Duration span) {
    now_ += span;
    return *this;
}

RunBuilder& RunBuilder::call(Role role, const std::string& name,
                             std::vector<CallArgument> arguments) {
    open_.push_back({next_call_++, role, name, std::move(arguments)});
    add(open_.back(), false);
    return *this;
}

RunBuilder& RunBuilder::returns(Role role, const std::string& name, std::int64_t result,
                                const std::string& error) {
    const auto open = std::find_if(open_.begin(), open_.end(), [&](const CallEntered& c) {
        return c.endpoint == role && c.call == name;
    });
    add(CallReturned{open->id, role, name, result, error}, false);
    open_.erase(open);
    return *this;
}

Segment RunBuilder::segment(Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                            std::uint32_t length) {
    const std::uint32_t own = from == Role::Client ? kClientIss : kServerIss;
    const std::uint32_t peers = from == Role::Client ? kServerIss : kClientIss;
    Segment segment;
    segment.id = next_segment_++;
    segment.from = from;
    segment.flags = Flags(flags);
    segment.seq = SeqNum(own + seq);
    if (segment.flags.ack()) segment.ack = SeqNum(peers + ack);
    segment.window = segment.flags.syn() ? 65495 : 512;
    segment.length = length;
    segment.headers = headers_of(segment, id_);
    const std::size_t fixed = v6_ ? 60 : 40;
    segment.options = parse_tcp_options(std::span(segment.headers).subspan(fixed));
    return segment;
}

RunBuilder& RunBuilder::send(Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                             std::uint32_t length, std::vector<std::uint8_t> payload) {
    Segment sent = segment(from, flags, seq, ack, length);
    sent.payload = std::move(payload);
    return fact(SegmentSent{std::move(sent)}, true);
}

Segment RunBuilder::sent_again(SegmentId original) {
    for (const Event& event : trace.events()) {
        const auto* sent = std::get_if<SegmentSent>(&event.fact);
        if (sent == nullptr || sent->segment.id != original) continue;
        Segment copy = sent->segment;
        copy.id = next_segment_++;
        return copy;
    }
    return {};
}

RunBuilder& RunBuilder::absorbed(SegmentId original) {
    return fact(SegmentSent{sent_again(original), original}, true);
}
RunBuilder& RunBuilder::again(SegmentId original) {
    return fact(SegmentSent{sent_again(original)}, true);
}
RunBuilder& RunBuilder::held(SegmentId id, std::int64_t pass_ms) {
    return fact(SegmentHeld{id, pass_ms}, true);
}
RunBuilder& RunBuilder::held_back(SegmentId id, SegmentId behind) {
    return fact(SegmentHeldBack{id, behind}, true);
}
RunBuilder& RunBuilder::duplicated(SegmentId id) {
    return fact(SegmentDuplicated{id, next_segment_++}, true);
}
RunBuilder& RunBuilder::injected(Role from, std::uint16_t flags, std::uint32_t seq) {
    return fact(SegmentInjected{segment(from, flags, seq, 0, 0)}, true);
}
RunBuilder& RunBuilder::delivered(SegmentId id) {
    return fact(SegmentDelivered{id}, true);
}
RunBuilder& RunBuilder::dropped(SegmentId id) {
    return fact(SegmentDropped{id}, true);
}

RunBuilder& RunBuilder::sample(Role role, State state, std::uint32_t send_q,
                               const std::string& timer, std::int64_t timer_ms) {
    SocketSampled sampled;
    sampled.endpoint = role;
    sampled.state = state;
    sampled.send_q = send_q;
    sampled.timer = timer;
    sampled.timer_ms = timer_ms;
    return fact(sampled, true);
}

RunBuilder& RunBuilder::fact(Fact fact, bool of_connection) {
    add(std::move(fact), of_connection);
    return *this;
}

namespace {

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

std::vector<CallArgument> fd(std::int64_t number) {
    return {{"fd", number}};
}

void open_listener(RunBuilder& run, bool v6) {
    const std::string address =
        v6 ? "[2001:db8:85a3:8d3:1319:8a2e:370:7349]:8000" : "127.0.0.1:8000";
    run.call(S, "socket").returns(S, "socket", 4);
    run.call(S, "bind", {{"fd", std::int64_t{4}}, {"address", address}}).returns(S, "bind", 0);
    run.call(S, "listen", {{"fd", std::int64_t{4}}, {"backlog", std::int64_t{10}}})
        .returns(S, "listen", 0);
    run.fact(ListenerSampled{0, 10, 0});
    run.call(S, "accept", fd(4));
    run.later(2ms).call(C, "socket").returns(C, "socket", 5);
    run.call(C, "connect", {{"fd", std::int64_t{5}}, {"address", address}});
}

}  // namespace

Trace whole_run(bool v6) {
    RunBuilder run(false, v6);
    open_listener(run, v6);
    run.send(C, Flags::kSyn, 0, 0)
        .send(S, Flags::kSyn | Flags::kAck, 0, 1)
        .send(C, Flags::kAck, 1, 1);
    run.returns(C, "connect", 0).returns(S, "accept", 6);
    run.sample(C, State::Established).sample(S, State::Established);
    run.later(1ms).call(C, "send", {{"fd", std::int64_t{5}}, {"data", std::string("hello")}});
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 5).send(S, Flags::kAck, 1, 6);
    run.returns(C, "send", 5).call(S, "recv", fd(6)).returns(S, "recv", 5);
    run.call(C, "recv", fd(5))
        .later(200us)
        .call(S, "send", {{"fd", std::int64_t{6}}, {"data", std::string("hello")}});
    run.send(S, Flags::kPsh | Flags::kAck, 1, 6, 5).send(C, Flags::kAck, 6, 6);
    run.returns(S, "send", 5).returns(C, "recv", 5).call(S, "recv", fd(6));
    run.later(3ms).call(C, "close", fd(5));
    run.send(C, Flags::kFin | Flags::kAck, 6, 6).returns(C, "close", 0);
    run.later(40ms).send(S, Flags::kAck, 6, 7).returns(S, "recv", 0);
    run.sample(C, State::FinWait2).sample(S, State::CloseWait);
    run.later(500ms)
        .call(S, "close", fd(6))
        .send(S, Flags::kFin | Flags::kAck, 6, 7)
        .send(C, Flags::kAck, 7, 7);
    run.returns(S, "close", 0);
    run.sample(C, State::TimeWait, 0, "timewait", 59996).sample(S, State::Closed);
    run.fact(Marker{"lesson_finished", "The lesson is over."});
    return run.trace;
}

Trace held_handshake() {
    RunBuilder run(true);
    open_listener(run, false);
    run.send(C, Flags::kSyn, 0, 0)
        .fact(SegmentHeld{1}, true)
        .sample(C, State::SynSent, 1, "retransmit", 812);
    run.later(2s).delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1).fact(SegmentHeld{2}, true);
    run.sample(S, State::SynRcvd).fact(ListenerSampled{0, 10, 1});
    return run.trace;
}

Trace impatient_handshake() {
    RunBuilder run(true);
    open_listener(run, false);
    run.send(C, Flags::kSyn, 0, 0).held(1).sample(C, State::SynSent, 1, "retransmit", 1000);
    run.later(1s).absorbed(1).later(2s).absorbed(1);                    // 2, 3
    run.delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1).held(4);  // 4
    run.fact(SegmentDropped{2}, true).fact(SegmentDropped{3}, true);
    run.sample(S, State::SynRcvd).fact(ListenerSampled{0, 10, 1});
    run.later(1s).absorbed(4).later(2s).absorbed(1).later(1s).absorbed(4);  // 5, 6, 7
    return run.trace;
}

Trace busy_wire() {
    RunBuilder run(true);
    open_listener(run, false);
    run.send(C, Flags::kSyn, 0, 0).held(1).later(1s).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).absorbed(1).absorbed(1);  // 3, 4
    // The answer is lost: one copy of the SYN is needed now, the other one is not.
    run.later(1s).dropped(2).held(3).fact(SegmentDropped{4}, true).delivered(3);
    run.again(2).held(5).later(1s).delivered(5);
    run.send(C, Flags::kAck, 1, 1).held(6, 400).later(400ms).delivered(6);
    run.returns(C, "connect", 0).returns(S, "accept", 6);
    run.call(C, "send", {{"fd", std::int64_t{5}}, {"data", std::string("hello")}});
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 5).held(7).returns(C, "send", 5);
    run.call(C, "send", {{"fd", std::int64_t{5}}, {"data", std::string("again")}});
    run.send(C, Flags::kPsh | Flags::kAck, 6, 1, 5).held(8).returns(C, "send", 5);
    run.held_back(7, 8).duplicated(7);  // 9
    run.fact(Marker{"pause", "a note of some length while four segments are in flight"});
    run.send(C, Flags::kPsh | Flags::kAck, 11, 1, 5).held(10, 400).absorbed(7);  // 11
    run.later(200ms).delivered(8).delivered(7).fact(SegmentDropped{11}, true).dropped(9);
    run.send(S, Flags::kAck, 1, 6).held(12);
    run.injected(S, Flags::kRst, 1);  // 13
    run.later(1s).held_back(13, 0).delivered(12).delivered(13);
    return run.trace;
}

}  // namespace tcpstep::testing
