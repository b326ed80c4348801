#include <gtest/gtest.h>

#include "model/qlog/reader.hpp"
#include "tests/model/qlog/print_fault.hpp"
#include "tests/model/qlog/sample_traces.hpp"

namespace tcpstep::model::qlog {
namespace {

/// In the text of a good trace, `from` is replaced by `to` where it stands first; then this fault
/// must be found, and only this one.
struct Row {
    const char* from;
    const char* to;
    const char* where;
    const char* what;
};

void expect_faults(const Trace& good, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        std::string text = contained_text(good);
        const std::size_t at = text.find(row.from);
        ASSERT_NE(at, std::string::npos) << row.from;
        text.replace(at, std::string(row.from).size(), row.to);
        const Result<Reading> reading = read(text);
        ASSERT_TRUE(reading) << row.to << ": " << reading.error().line();
        EXPECT_EQ(reading->faults, (std::vector<Fault>{{row.where, row.what}})) << row.to;
    }
}

// Each event is one line: event 0 is the call, event 8 the segment. But for the first, no event
// depends on another.
Trace independent() {
    TraceMaker make("independent");
    Segment syn = segment(1, Role::Client, Flags::kSyn, 10, 0);
    syn.options = {MaximumSegmentSize{1460}, SackBlocks{{{SeqNum(1), SeqNum(2)}}},
                   Timestamps{5, 6},         OtherOption{19, {0xab}},
                   WindowScale{7},           MultipathTcp{{0x10}}};
    syn.headers = {0x45, 0x00};
    make.connection(parse_connection_id("127.0.0.1:1000-127.0.0.1:8000").value())
        .one(CallEntered{1, Role::Client, "connect", {{"port", std::int64_t{8000}}}})
        .one(CallReturned{1, Role::Client, "connect", 0, ""})
        .one(SocketSampled{Role::Server, State::SynRcvd, 1, 2, "retransmit", 3, 4, 6, 5})
        .one(ListenerSampled{6, 7, 8})
        .one(SegmentsLost{9})
        .one(Marker{"note", "text"})
        .one(Scenario{"lesson", "title", false, false, parse_socket_address("127.0.0.1:8000")})
        .one(CallEntered{2, Role::Server, "poll", {{"timeout", std::int64_t{-1}}}})
        .one(SegmentSent{syn});
    return make.trace;
}

const char* const kU32 = "expected a number from 0 to 4294967295, found ";

TEST(Fault, InTheFile) {
    expect_faults(
        gated_run(),
        {
            {R"("application/qlog+json")", R"("application/json")", "/serialization_format",
             "serialization_format: expected \"application/qlog+json\", found "
             "\"application/json\""},
            {R"("title":"Held")", R"("title":7)", "/title", "title: expected a string, found 7"},
            {"relative_to_epoch", "relative_to_previous_event",
             "/traces/0/common_fields/time_format",
             "time_format: expected \"relative_to_epoch\", found \"relative_to_previous_event\""},
            {"\"system\"", "\"monotonic\"", "/traces/0/common_fields/reference_time/clock_type",
             "clock_type: expected \"system\", found \"monotonic\""},
            {"\"epoch\":\"2025", "\"epoch\":\"x2025",
             "/traces/0/common_fields/reference_time/epoch",
             "epoch: expected a date and time of RFC 3339, years 1678 to 2261, found "
             "\"x2025-11-20T10:52:03.000000001Z\""},
            {"\"reference_time\"", "\"other_time\"", "/traces/0/common_fields/reference_time",
             "reference_time: missing"},
            {"\"common_fields\"", "\"other_fields\"", "/traces/0/common_fields",
             "common_fields: missing"},
            {"\"type\":\"network\"", "\"kind\":\"network\"", "/traces/0/vantage_point/type",
             "type: missing"},
            {"\n]}]}", "\n]},{}]}", "/traces/1", "only the first trace of a file is read"},
        });
    expect_faults(empty_trace(),
                  {{"\"events\":[", "\"x\":[", "/traces/0/events", "events: missing"}});
}

TEST(Fault, InAnEvent) {
    expect_faults(
        independent(),
        {
            {"{\"time\":0.000000", "7,\n{\"time\":0.000000", "/traces/0/events/0",
             "expected an object, found 7"},
            {"\"time\":8.000008", "\"times\":8.000008", "/traces/0/events/8/time", "time: missing"},
            {"\"time\":8.000008", "\"time\":\"7\"", "/traces/0/events/8/time",
             "time: expected milliseconds since reference_time, 0 or more and before the year "
             "2262, found \"7\""},
            {"\"time\":8.000008", "\"time\":1e13", "/traces/0/events/8/time",
             "time: expected milliseconds since reference_time, 0 or more and before the year "
             "2262, found 1e13"},
            {"\"time\":8.000008", "\"time\":7.000006", "/traces/0/events/8/time",
             "time: goes backwards, the event before it is at 7.000007"},
            {"\"name\":\"tcp:segment_sent\"", "\"name\":null", "/traces/0/events/8/name",
             "name: expected a string, found null"},
            {"marker\",\"group_id\":\"127.0.0.1:1000-127.0.0.1:8000",
             "marker\",\"group_id\":\"127.0.0.1:1000", "/traces/0/events/5/group_id",
             "group_id: expected a connection such as \"127.0.0.1:43512-127.0.0.1:8000\", found "
             "\"127.0.0.1:1000\""},
            {"\"data\":{\"type\"", "\"date\":{\"type\"", "/traces/0/events/5/data",
             "data: missing"},
            {"{\"type\":\"note\",\"message\":\"text\"}", "[]", "/traces/0/events/5/data",
             "expected an object, found []"},
        });
}

TEST(Fault, InASegment) {
    const std::string u32 = kU32;
    const std::string data = "/traces/0/events/8/data";
    const std::vector<std::array<std::string, 4>> rows = {
        {"\"id\":1", "\"id\":0", "/id", "id: expected a number from 1 to 4294967295, found 0"},
        {"\"from\":\"client\"", "\"from\":\"Client\"", "/from",
         "from: expected \"client\" or \"server\", found \"Client\""},
        {"\"seq\":10", "\"seq\":\"x\"", "/seq", "seq: " + u32 + "\"x\""},
        {"\"seq\":10", "\"seq\":4294967296", "/seq", "seq: " + u32 + "4294967296"},
        {"\"seq\":10", "\"seq\":-1", "/seq", "seq: " + u32 + "-1"},
        {"\"seq\":10", "\"seq\":1.5", "/seq", "seq: " + u32 + "1.5"},
        {"\"seq\":10", "\"seq\":18446744073709551615", "/seq",
         "seq: " + u32 + "18446744073709551615"},
        {"[\"SYN\"]", "[\"SYN\",\"ACK\"]", "/ack", "ack: missing"},
        {"[\"SYN\"]", "[\"SYN\",\"SYN\"]", "/flags/1", "flags: SYN is there already"},
        {"[\"SYN\"]", "[\"SYN\",\"NS\"]", "/flags/1",
         "flags: expected one of " + to_label(Flags(0x1ff)) + ", found \"NS\""},
        {"[\"SYN\"]", "\"SYN\"", "/flags", "flags: expected an array, found \"SYN\""},
        {"\"window\":512", "\"window\":65536", "/window",
         "window: expected a number from 0 to 65535, found 65536"},
        {"\"length\":0", "\"len\":0", "/length", "length: missing"},
        {"\"mss\"", "\"MSS\"", "/options/0/kind",
         "kind: expected one of mss, wscale, sack_permitted, sack, timestamps, nop, eol, "
         "fast_open, "
         "exp_fast_open, mptcp, other, malformed, found \"MSS\""},
        {"\"kind\":\"mss\",", "", "/options/0/kind", "kind: missing"},
        {"1460", "65536", "/options/0/value",
         "value: expected a number from 0 to 65535, found 65536"},
        {"\"right\":2", "\"right\":null", "/options/1/blocks/0/right", "right: " + u32 + "null"},
        {"\"echo_reply\":6", "\"x\":6", "/options/2/echo_reply", "echo_reply: missing"},
        {"\"number\":19", "\"number\":256", "/options/3/number",
         "number: expected a number from 0 to 255, found 256"},
        {"\"ab\"", "\"abc\"", "/options/3/data",
         "data: expected octets as hexadecimal digits, found \"abc\""},
        {"\"ab\"", "\"xy\"", "/options/3/data",
         "data: expected octets as hexadecimal digits, found \"xy\""},
        {"\"shift\":7", "\"shift\":256", "/options/4/shift",
         "shift: expected a number from 0 to 255, found 256"},
        {"\"join\"", "\"dss\"", "/options/5/subtype", "subtype: expected join, as the data has it"},
        {"\"data\":\"10\"", "\"data\":\"\"", "/options/5/data",
         "data: expected at least one octet"},
        {"\"raw\":{\"length\":2", "\"raw\":{\"length\":3", "/raw/length",
         "length: expected 2, headers and payload, found 3"},
        {"\"payload_length\":0", "\"payload_length\":1", "/raw/payload_length",
         "payload_length: differs from the segment's length, 0"},
        {"\"data\":\"4500\"", "\"data\":\"4500\",\"payload\":\"6869\"", "/raw/payload",
         "payload: expected at most 0 octets, the segment's length, found 2"},
        {"\"data\":\"4500\"", "\"data\":\"4500\",\"payload\":\"0x\"", "/raw/payload",
         "payload: expected octets as hexadecimal digits, found \"0x\""},
        {"\"data\":\"4500\"", "\"data\":\"4500\",\"payload\":null", "/raw/payload",
         "payload: expected octets as hexadecimal digits, found null"},
    };
    for (const auto& [from, to, where, what] : rows) {
        const std::string place = data + where;
        expect_faults(independent(), {{from.c_str(), to.c_str(), place.c_str(), what.c_str()}});
    }
}

TEST(Fault, InTheOtherFacts) {
    const std::string u32 = kU32;
    const std::string recv_q = "recv_q: " + u32 + "{}";
    const std::string inode = "inode: " + u32 + "-5";
    const std::string datagram_length = "datagram_length: " + u32 + "-1";
    const std::string syn_queue = "syn_queue: missing";
    expect_faults(
        independent(),
        {
            {"{\"timeout\":-1}", "{\"p/o~rt\":8000.5}",
             "/traces/0/events/7/data/arguments/p~1o~0rt",
             "p/o~rt: expected a string or an integer, found 8000.5"},
            {"\"result\":0", "\"result\":9223372036854775808", "/traces/0/events/1/data/result",
             "result: expected a number from -9223372036854775808 to 9223372036854775807, found "
             "9223372036854775808"},
            {"\"result\":0", "\"result\":0,\"errno\":111", "/traces/0/events/1/data/errno",
             "errno: expected a string, found 111"},
            {"\"SYN_RCVD\"", "\"SYN_RECV\"", "/traces/0/events/2/data/state",
             "state: expected a state of RFC 9293 such as \"SYN_SENT\", or \"UNKNOWN\", found "
             "\"SYN_RECV\""},
            {"\"result\":0", "\"result\":0,\"value\":[]", "/traces/0/events/1/data/value",
             "value: expected a string, found []"},
            {"\"result\":0", "\"result\":0,\"datagram_length\":-1",
             "/traces/0/events/1/data/datagram_length", datagram_length.c_str()},
            {"\"recv_q\":1", "\"recv_q\":{}", "/traces/0/events/2/data/recv_q", recv_q.c_str()},
            {"\"inode\":5", "\"inode\":-5", "/traces/0/events/2/data/inode", inode.c_str()},
            {",\"syn_queue\":8", "", "/traces/0/events/3/data/syn_queue", syn_queue.c_str()},
            {"\"total\":9", "\"total\":-9", "/traces/0/events/4/data/total",
             "total: expected a number from 0 to 18446744073709551615, found -9"},
            {"\"message\":\"text\"", "\"message\":[]", "/traces/0/events/5/data/message",
             "message: expected a string, found []"},
            {"\"lab\":false", "\"lab\":0", "/traces/0/events/6/data/lab",
             "lab: expected true or false, found 0"},
            {"\"server\":\"127.0.0.1:8000\"", "\"server\":\"localhost\"",
             "/traces/0/events/6/data/server",
             "server: expected an address and port such as \"127.0.0.1:8000\", found "
             "\"localhost\""},
        });
}

TEST(Fault, InADatagramAndTheErrorThatAnswersIt) {
    const SocketAddress near = *parse_socket_address("127.0.0.1:1000");
    const SocketAddress far = *parse_socket_address("127.0.0.1:9");
    TraceMaker make("datagrams");
    make.all(DatagramSent{Role::Client, near, far, 5, {0x68, 0x69}})
        .all(IcmpErrorSent{Role::Server, 3, 7, near, far});
    const std::string length = "length: " + std::string(kU32) + "\"5\"";
    expect_faults(
        make.trace,
        {{"\"length\":5", "\"length\":\"5\"", "/traces/0/events/0/data/length", length.c_str()},
         {"{\"payload_length\":5,\"payload\":\"6869\"}", "7", "/traces/0/events/0/data/raw",
          "expected an object, found 7"},
         {"\"payload_length\":5,", "", "/traces/0/events/0/data/raw/payload_length",
          "payload_length: missing"},
         {"\"payload_length\":5", "\"payload_length\":4",
          "/traces/0/events/0/data/raw/payload_length",
          "payload_length: differs from the datagram's length, 5"},
         {"\"6869\"", "\"686970717273\"", "/traces/0/events/0/data/raw/payload",
          "payload: expected at most 5 octets, the datagram's length, found 6"},
         {"\"6869\"", "\"686\"", "/traces/0/events/0/data/raw/payload",
          "payload: expected octets as hexadecimal digits, found \"686\""},
         {"\"127.0.0.1:9\"", "\"127.0.0.1\"", "/traces/0/events/0/data/destination",
          "destination: expected an address and port such as \"127.0.0.1:8000\", found "
          "\"127.0.0.1\""},
         {"\"code\":7", "\"code\":256", "/traces/0/events/1/data/code",
          "code: expected a number from 0 to 255, found 256"},
         {"\"from\":\"server\"", "\"from\":\"router\"", "/traces/0/events/1/data/from",
          "from: expected \"client\" or \"server\", found \"router\""}});
}

TEST(Fault, ANumberThatRefersToNothingOrIsTakenAlready) {
    expect_faults(
        gated_run(),
        {
            {"_held\",\"group_id\":\"[::1]:50000-[::1]:8000\",\"data\":{\"id\":1",
             "_held\",\"group_id\":\"[::1]:50000-[::1]:8000\",\"data\":{\"id\":2",
             "/traces/0/events/5/data/id", "id: no segment before has the number 2"},
            {"\"copy\":3}",
             "\"copy\":3}},\n{\"time\":5.000005,\"name\":\"tcp:segment_duplicated\","
             "\"group_id\":\"[::1]:50000-[::1]:8000\",\"data\":{\"id\":3,\"copy\":1}",
             "/traces/0/events/9/data/copy", "copy: 1 is the number of an earlier segment"},
            {"\"copy\":3}",
             "\"copy\":3}},\n{\"time\":5.000005,\"name\":\"tcp:segment_held\",\"group_id\":"
             "\"[::1]:50000-[::1]:8000\",\"data\":{\"id\":2}",
             "/traces/0/events/9/data/id", "id: segment 2 was delivered or dropped before"},
        });
    expect_faults(
        independent(),
        {
            {"call_returned\",\"group_id\":\"127.0.0.1:1000-127.0.0.1:8000\",\"data\":{\"call_id\":"
             "1",
             "call_returned\",\"group_id\":\"127.0.0.1:1000-127.0.0.1:8000\",\"data\":{\"call_id\":"
             "2",
             "/traces/0/events/1/data/call_id", "call_id: no call before has the number 2"},
            {"\"call\":\"connect\",\"result\":0", "\"call\":\"bind\",\"result\":0",
             "/traces/0/events/1/data/call", "call: expected \"connect\", which was entered"},
            {"\"endpoint\":\"client\",\"call\":\"connect\",\"result\":0",
             "\"endpoint\":\"server\",\"call\":\"connect\",\"result\":0",
             "/traces/0/events/1/data/endpoint", "endpoint: expected \"client\", which called"},
            {"\"result\":0}}",
             "\"result\":0}},\n{\"time\":1.000001,\"name\":\"sys:call_returned\",\"data\":"
             "{\"call_id\":1,\"endpoint\":\"client\",\"call\":\"connect\",\"result\":0}}",
             "/traces/0/events/2/data/call_id", "call_id: call 1 has returned already"},
            {"\"result\":0}}",
             "\"result\":0}},\n{\"time\":1.000001,\"name\":\"sys:call_entered\",\"data\":"
             "{\"call_id\":1,\"endpoint\":\"client\",\"call\":\"x\",\"arguments\":{}}}",
             "/traces/0/events/2/data/call_id", "call_id: 1 is the number of an earlier call"},
        });
}

TEST(Fault, WhatRefersToAnEventLeftOutIsNoFaultOfItsOwn) {
    const std::string segment = "/traces/0/events/3/data";
    expect_faults(gated_run(), {{"\"seq\":100,", "", (segment + "/seq").c_str(), "seq: missing"},
                                {"\"id\":1,", "", (segment + "/id").c_str(), "id: missing"}});
    expect_faults(independent(), {{"\"call\":\"connect\",\"arguments\"", "\"arguments\"",
                                   "/traces/0/events/0/data/call", "call: missing"},
                                  {"\"data\":{\"call_id\":1,", "\"date\":{\"call_id\":1,",
                                   "/traces/0/events/0/data", "data: missing"}});
}

TEST(Fault, HeadersThatAreNotThoseOfTheSegment) {
    TraceMaker make("headers");
    Segment syn = segment(1, Role::Client, Flags::kSyn | Flags::kAck, 0x01020304, 0x05060708);
    syn.window = 0x2000;
    syn.headers.assign(40, 0);
    syn.headers[0] = 0x45;
    syn.headers[9] = 6;
    const std::uint8_t tcp[] = {1, 2, 3, 4, 5, 6, 7, 8, 0x50, 0x12, 0x20, 0};
    std::copy(std::begin(tcp), std::end(tcp), syn.headers.begin() + 24);
    make.connection(parse_connection_id("127.0.0.1:1000-127.0.0.1:8000").value())
        .one(SegmentSent{syn});
    const char* const place = "/traces/0/events/0/data/raw/data";
    expect_faults(
        make.trace,
        {{"\"data\":\"45", "\"data\":\"05", place,
          "data: expected an IP header, of version 4 or 6, found version 0"},
         {"01020304050607085012", "01020305050607085012", place,
          "data: expected the sequence number 16909060, as the segment has it, found 16909061"},
         {"01020304050607085012", "01020304050607005012", place,
          "data: expected the acknowledgment number 84281096, as the segment has it, found "
          "84281088"},
         {"01020304050607085012", "01020304050607085112", place,
          "data: expected the control bits 18, as the segment has it, found 274"},
         {"50122000", "50122001", place,
          "data: expected the window 8192, as the segment has it, found 8193"}});
}

TEST(Fault, AClaimThatIsDecidedTwiceOrBySomethingUnknown) {
    TraceMaker make("claims");
    make.connection(parse_connection_id("127.0.0.1:1000-127.0.0.1:8000").value())
        .one(SegmentSent{segment(1, Role::Client, Flags::kSyn, 10, 0)})
        .one(ClaimChecked{"a", "A.", "", true, {{0, "tcp:segment_sent", 1, 0, "", ""}}, "", ""})
        .one(ClaimChecked{"b", "B.", "", true, {}, "", ""});
    expect_faults(make.trace, {{"\"claim\":\"b\"", "\"claim\":\"a\"",
                                "/traces/0/events/4/data/claim", "claim: \"a\" is decided already"},
                               {"\"segment\":1}]", "\"segment\":7}]",
                                "/traces/0/events/3/data/evidence/seen/0/segment",
                                "segment: no segment before has the number 7"}});
}

TEST(Fault, ASegmentOfNoConnection) {
    expect_faults(
        gated_run(),
        {{"\"name\":\"tcp:segment_sent\",\"group_id\":\"[::1]:50000-[::1]:8000\",",
          "\"name\":\"tcp:segment_sent\",", "/traces/0/events/3/group_id", "group_id: missing"}});
}

TEST(Fault, InAPrediction) {
    TraceMaker make("predicted");
    make.connection(parse_connection_id("127.0.0.1:1000-127.0.0.1:8000").value())
        .one(SegmentSent{segment(1, Role::Client, Flags::kSyn, 10, 0)})
        .one(PredictionChecked{
            1, Role::Server, Asked::NextState, {"LISTEN", "SYN_RCVD"}, "LISTEN", "SYN_RCVD"});
    // Behind the states that the SYN leads to.
    const std::string data = "/traces/0/events/3/data";
    expect_faults(
        make.trace,
        {
            {R"("segment":1,"endpoint")", R"("segment":2,"endpoint")", (data + "/segment").c_str(),
             "segment: no segment before has the number 2"},
            {R"("next_state")", R"("what")", (data + "/question").c_str(),
             "question: expected \"next_state\", \"ack_number\" or \"call_returns\", found "
             "\"what\""},
            {R"("choices":["LISTEN",)", R"("choices":[7,)", (data + "/choices").c_str(),
             "choices: expected strings, found 7"},
            {R"("answer":"LISTEN")", R"("answer":"CLOSED")", (data + "/answer").c_str(),
             "answer: \"CLOSED\" is none of the choices"},
            {R"("actual":"SYN_RCVD")", R"("actual":null)", (data + "/actual").c_str(),
             "actual: expected a string, found null"},
            {R"("right":false)", R"("right":true)", (data + "/right").c_str(),
             "right: expected false, as answer and outcome say"},
        });
}

TEST(Fault, AllAreFoundAndOnlyTheFaultyEventsAreLeftOut) {
    std::string text = contained_text(independent());
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"\"recv_q\":1", "\"recv_q\":-1"},
                                                          {"\"send_q\":2", "\"send_q\":-2"},
                                                          {"\"total\":9", "\"total\":\"\\n\""},
                                                          {"\"seq\":10", "\"seq\":[]"}}) {
        text.replace(text.find(from), from.size(), to);
    }
    const Result<Reading> reading = read(text);
    ASSERT_TRUE(reading);
    std::vector<std::string> places;
    for (const Fault& fault : reading->faults) {
        places.push_back(fault.where);
        EXPECT_EQ(fault.what.find('\n'), std::string::npos);
    }
    EXPECT_EQ(places, (std::vector<std::string>{
                          "/traces/0/events/2/data/recv_q", "/traces/0/events/2/data/send_q",
                          "/traces/0/events/4/data/total", "/traces/0/events/8/data/seq"}));
    EXPECT_EQ(reading->trace.events().size(), independent().events().size() - 3);
}

}  // namespace
}  // namespace tcpstep::model::qlog
