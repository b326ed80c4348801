#include "tests/model/qlog/sample_traces.hpp"

#include <sstream>
#include <utility>

#include "model/qlog/writer.hpp"

namespace tcpstep::model::qlog {

namespace {

constexpr std::uint16_t kSyn = Flags::kSyn;
constexpr std::uint16_t kSynAck = Flags::kSyn | Flags::kAck;
constexpr std::uint16_t kAck = Flags::kAck;
constexpr std::uint16_t kFinAck = Flags::kFin | Flags::kAck;
constexpr std::uint16_t kPshAck = Flags::kPsh | Flags::kAck;

const Time kStart{std::chrono::nanoseconds(1'763'635'923'000'000'001)};

ConnectionId connection_id(const char* text) {
    return parse_connection_id(text).value();
}

Segment every_option() {
    Segment s = segment(1, Role::Client, kSyn, 7, 0);
    s.window = 65535;
    s.options = {MaximumSegmentSize{65495},
                 WindowScale{7},
                 SackPermitted{},
                 SackBlocks{{{SeqNum(4294967295), SeqNum(3)}, {SeqNum(10), SeqNum(20)}}},
                 SackBlocks{},
                 Timestamps{4294967295, 0},
                 NoOperation{},
                 FastOpen{false, {0xca, 0xfe, 0x01, 0x02}},
                 FastOpen{false, {}},
                 FastOpen{true, {0xca, 0xfe, 0x01, 0x02}},
                 MultipathTcp{{0x01, 0x81}},
                 MultipathTcp{{0xf0}},
                 OtherOption{34, {0xca, 0xfe}},
                 OtherOption{255, {}},
                 EndOfOptions{},
                 MalformedOptions{{0x02, 0x00, 0xff}}};
    s.headers = {0x45, 0x00, 0x00, 0x28, 0xff};
    return s;
}

Segment payload_alone() {
    Segment s = segment(9, Role::Client, kAck, 5, 0, 2);
    s.payload = {0x68, 0x69};
    return s;
}

// Headers and the beginning of what they carry.
Segment with_payload(Segment segment, std::vector<std::uint8_t> payload) {
    segment.headers = {0x45, 0x00};
    segment.payload = std::move(payload);
    return segment;
}

}  // namespace

TraceMaker::TraceMaker(std::string title) {
    trace.title = std::move(title);
}

void TraceMaker::add(std::optional<ConnectionIndex> connection, Fact fact) {
    const auto count = static_cast<std::int64_t>(trace.events().size());
    trace.append(
        {kStart + count * std::chrono::nanoseconds(1'000'001), connection, std::move(fact)});
}

TraceMaker& TraceMaker::all(Fact fact) {
    add(std::nullopt, std::move(fact));
    return *this;
}

TraceMaker& TraceMaker::one(Fact fact) {
    add(current_, std::move(fact));
    return *this;
}

TraceMaker& TraceMaker::connection(const ConnectionId& id) {
    current_ = trace.intern(id);
    return *this;
}

Segment segment(SegmentId id, Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                std::uint32_t length) {
    Segment s;
    s.id = id;
    s.from = from;
    s.flags = Flags(flags);
    s.seq = SeqNum(seq);
    s.ack = SeqNum(ack);
    s.window = 512;
    s.length = length;
    return s;
}

Trace lab_run(std::uint32_t isn) {
    const Role client = Role::Client;
    const Role server = Role::Server;
    const std::uint32_t peer_isn = 1000;
    TraceMaker make("Handshake and close");
    make.trace.description = "client's ISN " + std::to_string(isn);
    make.all(Scenario{"four-way-close", "The close", true, false,
                      parse_socket_address("127.0.0.1:8000")})
        .all(CallEntered{
            1, server, "listen", {{"fd", std::int64_t{3}}, {"backlog", std::int64_t{10}}}})
        .all(CallReturned{1, server, "listen", 0, ""})
        .all(CallEntered{2, client, "connect", {{"address", "127.0.0.1:8000"}}})
        .connection(connection_id("127.0.0.1:43512-127.0.0.1:8000"))
        .one(SegmentSent{segment(1, client, kSyn, isn, 0)})
        .one(SegmentSent{segment(2, server, kSynAck, peer_isn, isn + 1)})
        .one(SegmentSent{segment(3, client, kAck, isn + 1, peer_isn + 1)})
        .one(CallReturned{2, client, "connect", 0, ""})
        .one(SocketSampled{client, State::Established, 0, 0, "", 0, 0, 204'000, 4711})
        .one(SegmentSent{segment(4, client, kPshAck, isn + 1, peer_isn + 1, 5)})
        .one(SegmentSent{segment(5, client, kFinAck, isn + 6, peer_isn + 1)})
        .one(SegmentSent{segment(6, server, kAck, peer_isn + 1, isn + 7)})
        .one(SegmentSent{segment(7, server, kFinAck, peer_isn + 1, isn + 7)})
        .one(SegmentSent{segment(8, client, kAck, isn + 7, peer_isn + 2)})
        .one(SocketSampled{client, State::TimeWait, 0, 0, "timewait", 59'999, 0, 0, 0})
        // The listener closes: an event of all, after the connection has begun.
        .all(CallEntered{3, server, "close", {{"fd", std::int64_t{3}}}})
        .all(CallReturned{3, server, "close", 0, ""})
        .all(Marker{"lesson_finished", "done"});
    return make.trace;
}

Trace gated_run() {
    const Role client = Role::Client;
    TraceMaker make("Held");
    make.all(Scenario{"handshake-held", "The handshake, held", true, true, std::nullopt})
        .connection(connection_id("[::1]:50000-[::1]:8000"))
        .one(SegmentSent{segment(1, client, kSyn, 100, 0)})
        .one(SegmentHeld{1})
        .one(SegmentSent{segment(2, client, kSyn, 100, 0), 1})
        .one(SegmentDropped{2})
        .one(SegmentDuplicated{1, 3})
        .one(SegmentHeldBack{1, 3})
        .one(SegmentDelivered{1, 2})
        .one(SegmentDropped{3})
        .one(SegmentInjected{segment(4, Role::Server, Flags::kRst | Flags::kAck, 0, 101)})
        .one(SegmentDelivered{4});
    return make.trace;
}

Trace every_fact() {
    TraceMaker make("\"quoted\" \\ / \b\f\n\r\t\x01\x7f \xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80");
    make.trace.description = "Zeile 1\nZeile 2";
    const SocketAddress near = *parse_socket_address("10.0.0.1:1");
    const SocketAddress far = *parse_socket_address("[fe80::1]:65535");
    make.all(Scenario{"l", "t", false, false, far, false})
        .all(Marker{"note", "one\x1e line\n"})
        .all(ListenerSampled{1, 4096, 2})
        .all(DatagramSent{Role::Server, far, near, 65507, {}})
        .all(DatagramSent{Role::Client, near, far, 4, {0xe4, 0xbd, 0xa0, 0x0a}})
        .all(DatagramSent{Role::Client, near, far, 65507, {0x00}})
        .all(IcmpErrorSent{Role::Client, 3, 255, near, far})
        .all(SegmentsLost{18'446'744'073'709'551'615ULL})
        .connection(connection_id("10.0.0.1:1-10.0.0.2:65535"))
        .one(SegmentSent{every_option()})
        .one(SegmentHeld{1, 400})
        .one(SegmentHeldBack{1})
        .one(SegmentDuplicated{1, 2})
        .one(SegmentDelivered{1})
        .one(SegmentDropped{2})
        // No ACK flag and yet an acknowledgment number; all flags; no flag.
        .one(SegmentSent{segment(3, Role::Server, Flags::kRst, 4294967295, 4294967295, 65535)})
        .one(SegmentInjected{segment(4, Role::Server, 0x1ff, 0, 0)})
        .one(SegmentSent{segment(5, Role::Client, 0, 1, 0, 1)})
        // The whole payload, its beginning, and one without headers.
        .one(SegmentSent{with_payload(segment(7, Role::Client, kAck, 2, 0, 3), {0x00, 0x0a, 0xff})})
        .one(SegmentSent{with_payload(segment(8, Role::Client, kAck, 5, 0, 4294967295), {0x22})})
        .one(SegmentSent{payload_alone()})
        .one(CallEntered{1,
                         Role::Client,
                         "setsockopt",
                         {{"a \"name\"", INT64_MIN}, {"b", INT64_MAX}, {"c", "text"}, {"", ""}}})
        .one(CallEntered{4294967295, Role::Server, "accept", {}})
        .one(CallReturned{1, Role::Client, "setsockopt", -1, "ECONNREFUSED"})
        .one(CallReturned{4294967295, Role::Server, "accept", INT64_MAX, "", "a \"b\"\n\xc3\xa9",
                          "10.0.0.1:1", 4294967295})
        .one(SocketSampled{Role::Server, State::SynRcvd, 1, 2, "zero window probe", -1, 3,
                           4294967294, 4294967295, 10, 7, 123'456, 61'728, 131'072, 4294967295})
        .one(SocketSampled{Role::Client, State::Unknown, 0, 0, "", 5, 0, 0, 0})
        .one(SocketSampled{Role::Client, State::Closed, 0, 0, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                           true})
        .one(PredictionChecked{
            1, Role::Server, Asked::NextState, {"SYN_RCVD", "a \"choice\"", ""}, "", "SYN_RCVD"})
        .one(PredictionChecked{5, Role::Server, Asked::AckNumber, {"1", "2"}, "2", "2"})
        .one(PredictionChecked{3, Role::Client, Asked::CallReturns, {"none", "x"}, "x", "x"})
        .all(ClaimChecked{"syn-bare",
                          "It carries \"no\" data.",
                          "不携带数据。",
                          true,
                          {{670, "tcp:segment_sent", 1, 0, "", ""},
                           {14'000, "sys:call_returned", 0, 1, "", ""},
                           {-1, "kernel:socket_sampled", 0, 0, "client", "SYN_SENT"}},
                          "0",
                          ""})
        .all(ClaimChecked{"other", "It does not hold.", "", false, {}, "CLOSED", "LISTEN"})
        .one(Unrecognized{"x:later", R"({"b":[1,1.50,-0.0,1e+300,null,true],"a":{"":"\u0001"}})"})
        .connection(connection_id("10.0.0.1:1-10.0.0.2:65535#2"))
        .one(SegmentSent{segment(6, Role::Client, kSyn, 4294967295, 0)})
        .all(Unrecognized{"y:nothing", ""})
        .all(Unrecognized{
            "tcp:state_updated",
            R"({"endpoint":"client","old":"CLOSED","new":"SYN_SENT","source":"kernel"})"});
    return make.trace;
}

Trace capture() {
    const Role client = Role::Client;
    const Role server = Role::Server;
    TraceMaker make("capture.pcap");
    make.connection(connection_id("10.0.0.1:43512-10.0.0.2:80"))
        .one(SegmentSent{segment(1, client, kSyn, 100, 0)})
        .one(SegmentSent{segment(2, server, kSynAck, 500, 101)})
        .one(SegmentSent{segment(3, client, kAck, 101, 501)})
        .connection(connection_id("10.0.0.1:43513-10.0.0.2:80"))
        .one(SegmentSent{segment(4, client, kPshAck, 7, 9, 5)})
        .one(SegmentSent{segment(5, server, kAck, 9, 12)})
        .connection(connection_id("10.0.0.1:43512-10.0.0.2:80"))
        .one(SegmentSent{segment(6, client, kFinAck, 101, 501)})
        .one(SegmentSent{segment(7, server, kFinAck, 501, 102)})
        .one(SegmentSent{segment(8, client, kAck, 102, 502)});
    return make.trace;
}

Trace empty_trace() {
    Trace trace;
    trace.epoch = kStart;
    return trace;
}

std::vector<NamedTrace> all_samples() {
    return {{"capture", capture()},
            {"empty", empty_trace()},
            {"every_fact", every_fact()},
            {"gated_run", gated_run()},
            {"lab_run", lab_run(0)},
            {"lab_run_isn_max", lab_run(4294967295)},
            {"lab_run_isn_max_less_1", lab_run(4294967294)},
            {"lab_run_isn_max_less_33", lab_run(4294967262)}};
}

std::string contained_text(const Trace& trace) {
    std::ostringstream out;
    write_contained(trace, out);
    return out.str();
}

std::string sequential_text(const Trace& trace) {
    std::ostringstream out;
    SequentialWriter(trace, trace.zero(), out).write_new();
    return out.str();
}

}  // namespace tcpstep::model::qlog
