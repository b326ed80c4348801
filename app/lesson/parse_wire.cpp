#include "app/lesson/parse_wire.hpp"

#include "app/lesson/parse_condition.hpp"
#include "app/lesson/parse_moment.hpp"

namespace tcpstep::lesson {

namespace {

constexpr std::array kActions = {WireAction::Deliver,  WireAction::Drop,  WireAction::Duplicate,
                                 WireAction::HoldBack, WireAction::Reset, WireAction::ResetBack,
                                 WireAction::Stay};

}  // namespace

WireRule parse_wire_rule(const nlohmann::json& value, const std::string& place, FirstFault& fault) {
    WireRule rule;
    JsonObject object(value, place, fault);
    rule.segment = parse_counted_segment(object, fault);
    rule.action = object.one_of("do", kActions);
    rule.after = parse_conditions(object, "after", fault);
    rule.at_least = std::chrono::milliseconds(object.number_or("at_least_ms", 0, 0, 60'000));
    object.finish();
    return rule;
}

}  // namespace tcpstep::lesson
