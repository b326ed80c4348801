#include "app/lesson/parse_condition.hpp"

#include <utility>

#include "app/lesson/model_fields.hpp"

namespace tcpstep::lesson {

namespace {

enum class Has { Entered, Returned };

std::string_view name(Has has) {
    return has == Has::Entered ? "entered" : "returned";
}

Condition parse_condition(JsonObject& object) {
    if (object.has("state")) {
        InState in_state;
        in_state.endpoint = object.one_of("endpoint", kRoles);
        in_state.state = read_state(object, "state");
        return in_state;
    }
    StepReached reached;
    reached.actor = object.one_of("actor", kRoles);
    reached.label = object.text("step");
    reached.returned =
        object.one_of("has", std::array{Has::Entered, Has::Returned}) == Has::Returned;
    return reached;
}

}  // namespace

std::vector<Condition> parse_conditions(JsonObject& object, FirstFault& fault) {
    return object.list("after", [&](const nlohmann::json& value, const std::string& place) {
        JsonObject fields(value, place, fault);
        Condition condition = parse_condition(fields);
        fields.finish();
        return condition;
    });
}

}  // namespace tcpstep::lesson
