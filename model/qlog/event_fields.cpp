#include "model/qlog/event_fields.hpp"

#include <array>

#include "model/qlog/call_fields.hpp"
#include "model/qlog/claim_fields.hpp"
#include "model/qlog/event_name.hpp"
#include "model/qlog/prediction_fields.hpp"
#include "model/qlog/segment_fields.hpp"
#include "model/qlog/time_text.hpp"

namespace tcpstep::model::qlog {

namespace {

SegmentId read_id(const Fields& data) {
    return data.number<SegmentId>("id", 1);
}

// Nothing, and a fault, if it is none.
std::optional<SocketAddress> read_address(const Fields& data, std::string_view member) {
    const std::string text = data.text(member);
    auto address = parse_socket_address(text);
    const Value* value = data.optional(member);
    if (!address && value != nullptr && value->text() != nullptr) {
        data.expected(member, "an address and port such as \"127.0.0.1:8000\"", *value);
    }
    return address;
}

Fact read_scenario(const Fields& data) {
    Scenario scenario;
    scenario.lesson = data.text("lesson");
    scenario.title = data.text("title");
    scenario.lab = data.boolean("lab");
    scenario.gated = data.boolean("gated");
    if (data.has("tcp")) scenario.tcp = data.boolean("tcp");
    if (data.has("server")) scenario.server = read_address(data, "server");
    return scenario;
}

Fact read_datagram_sent(const Fields& data) {
    DatagramSent sent;
    sent.from = data.role("from");
    sent.source = read_address(data, "source").value_or(SocketAddress{});
    sent.destination = read_address(data, "destination").value_or(SocketAddress{});
    const std::size_t before = data.faults().count();
    sent.length = data.number<std::uint32_t>("length");
    if (data.faults().count() == before) sent.payload = read_datagram_payload(data, sent.length);
    return sent;
}

Fact read_icmp_error_sent(const Fields& data) {
    IcmpErrorSent sent;
    sent.from = data.role("from");
    sent.type = data.number<std::uint8_t>("type");
    sent.code = data.number<std::uint8_t>("code");
    sent.source = read_address(data, "source").value_or(SocketAddress{});
    sent.destination = read_address(data, "destination").value_or(SocketAddress{});
    return sent;
}

Fact read_socket_sampled(const Fields& data) {
    SocketSampled sample;
    sample.endpoint = data.role("endpoint");
    sample.state = data.state("state");
    sample.recv_q = data.number<std::uint32_t>("recv_q");
    sample.send_q = data.number<std::uint32_t>("send_q");
    sample.timer = data.text_or_empty("timer");
    sample.timer_ms = data.number_or_zero<std::int64_t>("timer_ms");
    sample.retransmits = data.number<std::uint32_t>("retransmits");
    sample.rto_us = data.number_or_zero<std::uint32_t>("rto_us");
    sample.inode = data.number<std::uint32_t>("inode");
    sample.cwnd = data.number_or_zero<std::uint32_t>("cwnd");
    sample.ssthresh = data.number_or_zero<std::uint32_t>("ssthresh");
    sample.rtt_us = data.number_or_zero<std::uint32_t>("rtt_us");
    sample.rttvar_us = data.number_or_zero<std::uint32_t>("rttvar_us");
    sample.recv_buffer = data.number_or_zero<std::uint32_t>("recv_buffer");
    sample.send_buffer = data.number_or_zero<std::uint32_t>("send_buffer");
    if (data.has("reused")) sample.reused = data.boolean("reused");
    return sample;
}

/// How the "data" of each fact is read.
struct Kind {
    std::string_view name;
    Fact (*read)(const Fields& data);
};

constexpr std::array kKinds = {
    Kind{kScenario, read_scenario},
    Kind{kMarker,
         [](const Fields& data) -> Fact {
             return Marker{data.text("type"), data.text("message")};
         }},
    Kind{kSegmentSent,
         [](const Fields& data) -> Fact {
             return SegmentSent{read_segment(data), data.number_or_zero<SegmentId>("copy_of")};
         }},
    Kind{kSegmentHeld,
         [](const Fields& data) -> Fact {
             return SegmentHeld{read_id(data), data.number_or_zero<std::int64_t>("pass_ms")};
         }},
    Kind{kSegmentHeldBack,
         [](const Fields& data) -> Fact {
             return SegmentHeldBack{read_id(data), data.number_or_zero<SegmentId>("behind")};
         }},
    Kind{kSegmentDelivered,
         [](const Fields& data) -> Fact {
             return SegmentDelivered{read_id(data),
                                     data.number_or_zero<std::uint32_t>("generation")};
         }},
    Kind{kSegmentDropped, [](const Fields& data) -> Fact { return SegmentDropped{read_id(data)}; }},
    Kind{kSegmentDuplicated,
         [](const Fields& data) -> Fact {
             return SegmentDuplicated{read_id(data), data.number<SegmentId>("copy", 1)};
         }},
    Kind{kSegmentInjected,
         [](const Fields& data) -> Fact { return SegmentInjected{read_segment(data)}; }},
    Kind{kCallEntered, [](const Fields& data) -> Fact { return read_call_entered(data); }},
    Kind{kCallReturned, [](const Fields& data) -> Fact { return read_call_returned(data); }},
    Kind{kDatagramSent, read_datagram_sent},
    Kind{kIcmpErrorSent, read_icmp_error_sent},
    Kind{kSocketSampled, read_socket_sampled},
    Kind{kListenerSampled,
         [](const Fields& data) -> Fact {
             return ListenerSampled{data.number<std::uint32_t>("accept_queue"),
                                    data.number<std::uint32_t>("backlog"),
                                    data.number<std::uint32_t>("syn_queue")};
         }},
    Kind{kSegmentsLost,
         [](const Fields& data) -> Fact {
             return SegmentsLost{data.number<std::uint64_t>("total")};
         }},
    Kind{kClaimChecked, [](const Fields& data) -> Fact { return read_claim_checked(data); }},
    Kind{kPredictionChecked,
         [](const Fields& data) -> Fact { return read_prediction_checked(data); }},
};

Trigger read_trigger(const Fields& data) {
    Trigger trigger;
    const Value* value = data.required("trigger");
    if (value == nullptr) return trigger;
    const Place place(data.place(), "trigger");
    const Fields fields(*value, place, data.faults());
    trigger.event = fields.text("event");
    if (fields.has("segment")) {
        trigger.about = Trigger::OfSegment{fields.number<SegmentId>("segment", 1)};
    } else if (fields.has("call")) {
        trigger.about = Trigger::OfCall{fields.number<CallId>("call", 1)};
    } else if (fields.has("scenario")) {
        trigger.about = fields.text("scenario");
    }
    return trigger;
}

bool read_assumed(const Fields& data) {
    const Value* value = data.optional("certainty");
    if (value == nullptr) return false;
    const std::string_view* text = value->text();
    if (text != nullptr && *text == kAssumed) return true;
    if (text == nullptr || *text != kProved) {
        data.expected("certainty", "\"proved\" or \"assumed\"", *value);
    }
    return false;
}

Told read_state_updated(const Fields& data, const Value& value) {
    const std::string_view source = data.text_view("source");
    InferredChange change;
    change.endpoint = data.role("endpoint");
    change.from = data.state("old");
    change.to = data.state("new");
    change.rfc = data.text_or_empty("rfc");
    change.assumed = read_assumed(data);
    change.reason = data.text_or_empty("reason");
    change.sentence = data.text_or_empty("sentence");
    if (source == "kernel") return Unrecognized{std::string(kStateUpdated), to_text(value)};
    if (source == "inferred") {
        change.trigger = read_trigger(data);
    } else if (const Value* found = data.optional("source"); found && found->text()) {
        data.expected("source", "\"inferred\" or \"kernel\"", *found);
    }
    return change;
}

}  // namespace

Time read_time(const Fields& event, Time reference) {
    const Value* value = event.required("time");
    if (value == nullptr) return Time();
    const auto since = value->is_number() ? parse_milliseconds(to_text(*value)) : std::nullopt;
    Duration::rep nanoseconds = 0;
    if (since && !__builtin_add_overflow(reference.time_since_epoch().count(), since->count(),
                                         &nanoseconds)) {
        return Time(Duration(nanoseconds));
    }
    event.expected("time", "milliseconds since reference_time, 0 or more and before the year 2262",
                   *value);
    return Time();
}

Told read_told(const Fields& event) {
    const std::string_view name = event.text_view("name");
    const Place place(event.place(), "data");
    if (name == kStateUpdated) {
        const Value* data = event.required("data");
        if (data == nullptr) return InferredChange{};
        return read_state_updated(Fields(*data, place, event.faults()), *data);
    }
    for (const Kind& kind : kKinds) {
        if (kind.name != name) continue;
        const Value* data = event.required("data");
        if (data == nullptr) return Unrecognized{};  // not even what it is about
        return kind.read(Fields(*data, place, event.faults()));
    }
    const Value* data = event.optional("data");
    return Unrecognized{std::string(name), data == nullptr ? "" : to_text(*data)};
}

}  // namespace tcpstep::model::qlog
