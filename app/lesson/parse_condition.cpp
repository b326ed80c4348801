#include "app/lesson/parse_condition.hpp"

#include <limits>
#include <utility>

#include "app/lesson/model_fields.hpp"
#include "app/lesson/parse_moment.hpp"

namespace tcpstep::lesson {

namespace {

enum class Has { Entered, Returned };

std::string_view name(Has has) {
    return has == Has::Entered ? "entered" : "returned";
}

constexpr std::int64_t kMostOctets = std::numeric_limits<std::int32_t>::max();

Condition parse_condition(JsonObject& object, FirstFault& fault) {
    if (object.has("segment")) {
        WasSent sent{parse_counted_segment(object, fault)};
        object.choose("is", std::array<std::string_view, 1>{"sent"});
        return sent;
    }
    if (object.has("state")) {
        InState in_state;
        in_state.endpoint = object.one_of("endpoint", kRoles);
        in_state.state = read_state(object, "state");
        in_state.connection = read_connection(object);
        return in_state;
    }
    if (object.has("octets")) {
        HasReceived received;
        received.endpoint = object.one_of("endpoint", kRoles);
        received.octets = static_cast<std::uint64_t>(object.number("octets", 1, kMostOctets));
        received.connection = read_connection(object);
        return received;
    }
    StepReached reached;
    reached.actor = object.one_of("actor", kRoles);
    reached.label = object.text("step");
    reached.returned =
        object.one_of("has", std::array{Has::Entered, Has::Returned}) == Has::Returned;
    return reached;
}

}  // namespace

std::vector<Condition> parse_conditions(JsonObject& object, const char* key, FirstFault& fault) {
    return object.list(key, [&](const nlohmann::json& value, const std::string& place) {
        JsonObject fields(value, place, fault);
        Condition condition = parse_condition(fields, fault);
        fields.finish();
        return condition;
    });
}

}  // namespace tcpstep::lesson
