#include "app/lesson/parse_value.hpp"

#include "app/lesson/parse_moment.hpp"

namespace tcpstep::lesson {

namespace {

using namespace model::claim;

constexpr std::array<std::string_view, 9> kFields = {
    "seq", "ack", "end", "length", "window", "mss", "window_scale", "sack_blocks", "psh"};
constexpr std::array<std::string_view, 2> kQueues = {"accept", "syn"};

Value read_object(JsonObject& object, const Lesson& lesson, FirstFault& fault) {
    if (object.has("field")) {
        FieldOf of;
        of.segment = parse_segment_choice(object, fault);
        of.field = static_cast<Field>(object.choose("field", kFields));
        return of;
    }
    if (object.has("step")) return ResultOf{read_call(object, lesson)};
    if (object.has("count")) {
        Moment moment = parse_moment(object, "count", lesson, fault);
        return CountOf{std::move(moment), parse_span(object, lesson, fault)};
    }
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

Span parse_span(JsonObject& object, const Lesson& lesson, FirstFault& fault) {
    Span span;
    if (object.has("from")) span.from = parse_moment(object, "from", lesson, fault);
    if (object.has("until")) span.until = parse_moment(object, "until", lesson, fault);
    return span;
}

}  // namespace tcpstep::lesson
