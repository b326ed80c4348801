#include "app/lesson/parse_value.hpp"

#include "app/lesson/model_fields.hpp"
#include "app/lesson/parse_moment.hpp"

namespace tcpstep::lesson {

namespace {

using namespace model::claim;

// In the order of the enumerators.
constexpr std::array<std::string_view, 15> kFields = {"seq",
                                                      "ack",
                                                      "end",
                                                      "length",
                                                      "window",
                                                      "mss",
                                                      "window_scale",
                                                      "sack_blocks",
                                                      "psh",
                                                      "sack_permitted",
                                                      "timestamp",
                                                      "timestamp_echo",
                                                      "nops",
                                                      "source_port",
                                                      "destination_port"};
constexpr std::array<std::string_view, 6> kSampled = {"recv_q",      "send_q", "timer_ms",
                                                      "retransmits", "rto_us", "inode"};
constexpr std::array<std::string_view, 3> kRows = {"listener", "client", "server"};
constexpr std::array<std::string_view, 14> kColumns = {
    "local_address", "local_port", "rem_address", "rem_port", "st", "tx_queue", "rx_queue", "tr",
    "tm->when",      "retrnsmt",   "uid",         "inode",    "fd", "fds"};
constexpr std::int64_t kMostConnections = 1'000'000;
constexpr std::array<std::string_view, 1> kLength = {"length"};
constexpr std::array<std::string_view, 2> kQueues = {"accept", "syn"};

unsigned connection_of(JsonObject& object) {
    return static_cast<unsigned>(object.number_or("connection", 1, 1, kMostConnections));
}

Shortest parse_shortest(JsonObject& object, const Lesson& lesson, FirstFault& fault) {
    Shortest of;
    of.times = object.list("shortest", [&](const nlohmann::json& one, const std::string& place) {
        JsonObject time(one, place, fault);
        TimeBetween read{parse_moment(time, "from", lesson, fault),
                         parse_moment(time, "until", lesson, fault)};
        time.finish();
        return read;
    });
    if (of.times.empty()) object.refuse("shortest", "expected one time or more");
    return of;
}

Value read_object(JsonObject& object, const Lesson& lesson, FirstFault& fault) {
    if (object.has("segment")) {
        FieldOf of;
        of.segment = parse_segment_choice(object, fault);
        of.field = static_cast<Field>(object.choose("field", kFields));
        return of;
    }
    if (object.has("datagram")) {
        (void)object.choose("field", kLength);
        return LengthOf{parse_datagram(object, "datagram", fault)};
    }
    if (object.has("sampled")) {
        SampledOf of;
        of.field = static_cast<SampledField>(object.choose("sampled", kSampled));
        of.endpoint = object.one_of("endpoint", kRoles);
        of.connection = connection_of(object);
        of.at = parse_moment(object, "at", lesson, fault);
        return of;
    }
    if (object.has("row")) return parse_cell(object, lesson);
    if (object.has("step")) return ResultOf{read_call(object, lesson)};
    if (object.has("count")) {
        Moment moment = parse_moment(object, "count", lesson, fault);
        return CountOf{std::move(moment), parse_span(object, lesson, fault)};
    }
    if (object.has("shortest")) return parse_shortest(object, lesson, fault);
    if (object.has("queue")) {
        const auto queue = static_cast<Queue>(object.choose("queue", kQueues));
        return LongestQueue{queue, parse_span(object, lesson, fault)};
    }
    return TimeBetween{parse_moment(object, "from", lesson, fault),
                       parse_moment(object, "until", lesson, fault)};
}

}  // namespace

Value parse_value(JsonObject& object, const char* key, const Lesson& lesson, FirstFault& fault) {
    const nlohmann::json* value = object.value(key);
    if (value == nullptr) return {};
    if (value->is_number_integer()) return value->get<std::int64_t>();
    if (*value == "connections") return Connections{};
    if (!value->is_object()) {
        object.refuse(key, fmt::format("expected a whole number, \"connections\" or an object, "
                                       "found {}",
                                       value->dump()));
        return {};
    }
    JsonObject fields(*value, object.place_of(key), fault);
    Value read = read_object(fields, lesson, fault);
    fields.finish();
    return read;
}

CellOf parse_cell(JsonObject& object, const Lesson& lesson) {
    CellOf cell;
    cell.call = read_call(object, lesson);
    cell.row = static_cast<Row>(object.choose("row", kRows));
    cell.connection = connection_of(object);
    cell.column = static_cast<Column>(object.choose("column", kColumns));
    return cell;
}

Span parse_span(JsonObject& object, const Lesson& lesson, FirstFault& fault) {
    Span span;
    if (object.has("from")) span.from = parse_moment(object, "from", lesson, fault);
    if (object.has("until")) span.until = parse_moment(object, "until", lesson, fault);
    return span;
}

}  // namespace tcpstep::lesson
