#include "app/lesson/parse_wire.hpp"

#include "app/lesson/model_fields.hpp"
#include "app/lesson/parse_condition.hpp"

namespace tcpstep::lesson {

namespace {

constexpr std::array kActions = {WireAction::Deliver,  WireAction::Drop,  WireAction::Duplicate,
                                 WireAction::HoldBack, WireAction::Reset, WireAction::ResetBack};
constexpr std::int64_t kMostSegments = 1'000'000;

// Which segments the rule is for: what is not said may be anything.
void read_description(JsonObject& object, WireRule& rule) {
    if (object.has("from")) rule.from = object.one_of("from", kRoles);
    if (object.has("flags")) {
        rule.flags = read_flags(object, "flags");
        // Linux sets it on the last segment of what one send() gave: no lesson is about that.
        if (rule.flags->psh()) object.refuse("flags", "PSH is not compared, leave it out");
    }
    rule.data = object.truth_if_any("data");
    rule.connection = read_connection(object);
    rule.nth = static_cast<unsigned>(object.number_or("nth", 0, 1, kMostSegments));
}

}  // namespace

WireRule parse_wire_rule(const nlohmann::json& value, const std::string& place, FirstFault& fault) {
    WireRule rule;
    JsonObject object(value, place, fault);
    if (const nlohmann::json* segment = object.object("segment")) {
        JsonObject description(*segment, object.place_of("segment"), fault);
        read_description(description, rule);
        description.finish();
    }
    rule.action = object.one_of("do", kActions);
    rule.after = parse_conditions(object, fault);
    rule.at_least = std::chrono::milliseconds(object.number_or("at_least_ms", 0, 0, 60'000));
    object.finish();
    return rule;
}

}  // namespace tcpstep::lesson
