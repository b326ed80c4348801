#include "model/qlog/event_text.hpp"

#include <algorithm>

#include "model/qlog/event_name.hpp"
#include "model/qlog/json_text.hpp"
#include "model/qlog/segment_text.hpp"
#include "model/qlog/time_text.hpp"

namespace tcpstep::model::qlog {

namespace {

void append_arguments(std::string& out, const std::vector<CallArgument>& arguments) {
    out += '{';
    const char* separator = "";
    for (const CallArgument& argument : arguments) {
        out += separator;
        append_string(out, argument.name);
        out += ':';
        if (const auto* number = std::get_if<std::int64_t>(&argument.value)) {
            append_number(out, *number);
        } else {
            append_string(out, std::get<std::string>(argument.value));
        }
        separator = ",";
    }
    out += '}';
}

// Where a datagram came from and went to.
void append_way(ObjectText& object, const SocketAddress& source, const SocketAddress& destination) {
    object.text("source", to_string(source));
    object.text("destination", to_string(destination));
}

void append_choices(std::string& out, const std::vector<std::string>& choices) {
    out += '[';
    const char* separator = "";
    for (const std::string& choice : choices) {
        out += separator;
        append_string(out, choice);
        separator = ",";
    }
    out += ']';
}

void append_sighting(std::string& out, const Sighting& one) {
    ObjectText object(out);
    object.number("at_us", one.at_us);
    object.text("event", one.event);
    if (one.segment != 0) object.number("segment", one.segment);
    if (one.call != 0) object.number("call_id", one.call);
    if (!one.endpoint.empty()) object.text("endpoint", one.endpoint);
    if (!one.state.empty()) object.text("state", one.state);
}

void append_evidence(std::string& out, const ClaimChecked& checked) {
    ObjectText evidence(out);
    std::string& seen = evidence.member("seen");
    seen += '[';
    const char* separator = "";
    for (const Sighting& one : checked.seen) {
        seen += separator;
        append_sighting(seen, one);
        separator = ",";
    }
    seen += ']';
    if (!checked.found.empty()) evidence.text("found", checked.found);
    if (!checked.expected.empty()) evidence.text("expected", checked.expected);
}

/// Writes the "data" member of a fact's event.
struct AppendData {
    ObjectText& event;
    SegmentId retransmission_of;

    std::string& data() const { return event.member("data"); }

    void operator()(const Scenario& scenario) const {
        ObjectText object(data());
        object.text("lesson", scenario.lesson);
        object.text("title", scenario.title);
        object.boolean("lab", scenario.lab);
        object.boolean("gated", scenario.gated);
        if (scenario.server) object.text("server", to_string(*scenario.server));
        if (!scenario.tcp) object.boolean("tcp", false);
    }
    void operator()(const Marker& marker) const {
        ObjectText object(data());
        object.text("type", marker.type);
        object.text("message", marker.message);
    }
    void operator()(const SegmentSent& sent) const {
        append_segment(data(), sent.segment, retransmission_of, sent.copy_of);
    }
    void operator()(const SegmentInjected& injected) const {
        append_segment(data(), injected.segment, retransmission_of);
    }
    void operator()(const SegmentHeld& held) const {
        ObjectText object(data());
        object.number("id", held.id);
        if (held.pass_ms != 0) object.number("pass_ms", held.pass_ms);
    }
    void operator()(const SegmentHeldBack& back) const {
        ObjectText object(data());
        object.number("id", back.id);
        if (back.behind != 0) object.number("behind", back.behind);
    }
    void operator()(const SegmentDelivered& delivered) const {
        ObjectText object(data());
        object.number("id", delivered.id);
        if (delivered.generation != 0) object.number("generation", delivered.generation);
    }
    void operator()(const SegmentDropped& dropped) const { append_id(dropped.id); }
    void operator()(const SegmentDuplicated& duplicated) const {
        ObjectText object(data());
        object.number("id", duplicated.id);
        object.number("copy", duplicated.copy);
    }
    void operator()(const CallEntered& entered) const {
        ObjectText object(data());
        object.number("call_id", entered.id);
        object.text("endpoint", name(entered.endpoint));
        if (entered.process != 0) object.number("pid", entered.process);
        object.text("call", entered.call);
        append_arguments(object.member("arguments"), entered.arguments);
    }
    void operator()(const CallReturned& returned) const {
        ObjectText object(data());
        object.number("call_id", returned.id);
        object.text("endpoint", name(returned.endpoint));
        if (returned.process != 0) object.number("pid", returned.process);
        object.text("call", returned.call);
        object.number("result", returned.result);
        if (!returned.error.empty()) object.text("errno", returned.error);
        if (!returned.value.empty()) object.text("value", returned.value);
        if (!returned.address.empty()) object.text("address", returned.address);
        if (returned.datagram_length != 0) {
            object.number("datagram_length", returned.datagram_length);
        }
    }
    void operator()(const DatagramSent& sent) const {
        ObjectText object(data());
        object.text("from", name(sent.from));
        append_way(object, sent.source, sent.destination);
        object.number("length", sent.length);
        if (sent.payload.empty()) return;
        ObjectText raw(object.member("raw"));
        raw.number("payload_length", sent.length);
        append_hex(raw.member("payload"), sent.payload);
    }
    void operator()(const IcmpErrorSent& sent) const {
        ObjectText object(data());
        object.text("from", name(sent.from));
        object.number("type", std::uint32_t{sent.type});
        object.number("code", std::uint32_t{sent.code});
        append_way(object, sent.source, sent.destination);
    }
    void operator()(const SocketSampled& sample) const {
        ObjectText object(data());
        object.text("endpoint", name(sample.endpoint));
        object.text("state", name(sample.state));
        object.number("recv_q", sample.recv_q);
        object.number("send_q", sample.send_q);
        if (!sample.timer.empty() || sample.timer_ms != 0) {
            object.text("timer", sample.timer);
            object.number("timer_ms", sample.timer_ms);
        }
        object.number("retransmits", sample.retransmits);
        if (sample.rto_us != 0) object.number("rto_us", sample.rto_us);
        object.number("inode", sample.inode);
        if (sample.cwnd != 0) object.number("cwnd", sample.cwnd);
        if (sample.ssthresh != 0) object.number("ssthresh", sample.ssthresh);
        if (sample.rtt_us != 0) object.number("rtt_us", sample.rtt_us);
        if (sample.rttvar_us != 0) object.number("rttvar_us", sample.rttvar_us);
        if (sample.recv_buffer != 0) object.number("recv_buffer", sample.recv_buffer);
        if (sample.send_buffer != 0) object.number("send_buffer", sample.send_buffer);
        if (sample.reused) object.boolean("reused", true);
    }
    void operator()(const ListenerSampled& sample) const {
        ObjectText object(data());
        object.number("accept_queue", sample.accept_queue);
        object.number("backlog", sample.backlog);
        object.number("syn_queue", sample.syn_queue);
    }
    void operator()(const SegmentsLost& lost) const {
        ObjectText(data()).number("total", lost.total);
    }
    void operator()(const PredictionChecked& checked) const {
        ObjectText object(data());
        object.number("segment", checked.segment);
        object.text("endpoint", name(checked.endpoint));
        object.text("question", name(checked.asked));
        append_choices(object.member("choices"), checked.choices);
        object.text("answer", checked.answer);
        object.text("actual", checked.actual);
        object.boolean("right", checked.right());
    }
    void operator()(const ClaimChecked& checked) const {
        ObjectText object(data());
        object.text("claim", checked.claim);
        object.text("text", checked.text);
        if (!checked.text_zh.empty()) object.text("text_zh", checked.text_zh);
        object.boolean("holds", checked.holds);
        append_evidence(object.member("evidence"), checked);
    }
    void operator()(const Unrecognized& event_data) const {
        if (event_data.data.empty()) return;
        // One event a line. In JSON text a line end is white space: in a string it is escaped.
        std::string& out = data();
        const std::size_t start = out.size();
        out += event_data.data;
        const auto is_line_end = [](char c) { return c == '\n' || c == '\r'; };
        std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), is_line_end,
                        ' ');
    }

    void append_id(SegmentId id) const { ObjectText(data()).number("id", id); }
};

void append_trigger(std::string& out, const Trigger& trigger) {
    ObjectText object(out);
    object.text("event", trigger.event);
    if (const auto* segment = std::get_if<Trigger::OfSegment>(&trigger.about)) {
        object.number("segment", segment->id);
    } else if (const auto* call = std::get_if<Trigger::OfCall>(&trigger.about)) {
        object.number("call", call->id);
    } else if (const auto* lesson = std::get_if<std::string>(&trigger.about)) {
        object.text("scenario", *lesson);
    }
}

/// Writes what every event has: time, name, group_id.
void append_start(ObjectText& event, Duration since, std::string_view name,
                  std::string_view group_id) {
    append_milliseconds(event.member("time"), since);
    event.text("name", name);
    if (!group_id.empty()) event.text("group_id", group_id);
}

}  // namespace

void append_event(std::string& out, Duration since, std::string_view group_id, const Fact& fact,
                  SegmentId retransmission_of) {
    ObjectText event(out);
    append_start(event, since, event_name(fact), group_id);
    std::visit(AppendData{event, retransmission_of}, fact);
}

void append_change(std::string& out, Duration since, std::string_view group_id,
                   const InferredChange& change) {
    ObjectText event(out);
    append_start(event, since, kStateUpdated, group_id);
    ObjectText data(event.member("data"));
    data.text("endpoint", name(change.endpoint));
    data.text("old", name(change.from));
    data.text("new", name(change.to));
    append_trigger(data.member("trigger"), change.trigger);
    data.text("source", "inferred");
    if (!change.rfc.empty()) data.text("rfc", change.rfc);
    if (change.assumed) {
        data.text("certainty", kAssumed);
        data.text("reason", change.reason);
    }
    data.text("sentence", change.sentence);
}

}  // namespace tcpstep::model::qlog
