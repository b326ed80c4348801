#include "app/lesson/json_of.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace tcpstep::lesson {

using nlohmann::ordered_json;

namespace {

std::string text(std::string_view view) {
    return std::string(view);
}

struct ConditionJson {
    ordered_json operator()(const StepReached& c) const {
        return {{"actor", text(name(c.actor))},
                {"step", c.label},
                {"has", c.returned ? "returned" : "entered"}};
    }
    ordered_json operator()(const InState& c) const {
        return of_connection({{"endpoint", text(name(c.endpoint))}, {"state", text(name(c.state))}},
                             c.connection);
    }
    ordered_json operator()(const HasReceived& c) const {
        return of_connection({{"endpoint", text(name(c.endpoint))}, {"octets", c.octets}},
                             c.connection);
    }
    static ordered_json of_connection(ordered_json condition, unsigned connection) {
        if (connection != 0) condition["connection"] = connection;
        return condition;
    }
};

void add_call_fields(const Step& step, ordered_json& out) {
    if (!step.on.empty()) out["on"] = step.on;
    if (!step.as.empty()) out["as"] = step.as;
    if (step.address) out["address"] = to_string(*step.address);
    switch (step.call) {
        case Call::Listen:
            out["backlog"] = step.backlog;
            break;
        case Call::Send:
            out["data"] = step.data;
            break;
        case Call::Recv:
            out["size"] = step.size;
            break;
        case Call::Shutdown:
            out["how"] = step.how;
            break;
        case Call::SetSockOpt:
            out["option"] = step.option;
            out["value"] = step.value;
            break;
        case Call::Socket:
        case Call::Bind:
        case Call::Accept:
        case Call::Connect:
        case Call::Close:
            break;
    }
}

}  // namespace

ordered_json json_of(const std::vector<Condition>& conditions) {
    ordered_json out = ordered_json::array();
    for (const Condition& condition : conditions) {
        out.push_back(std::visit(ConditionJson{}, condition));
    }
    return out;
}

ordered_json json_of(const Step& step) {
    ordered_json out = {{"call", text(name(step.call))}};
    add_call_fields(step, out);
    if (!step.label.empty() && step.label != name(step.call)) out["label"] = step.label;
    if (step.pause.count() > 0) out["pause_ms"] = step.pause.count();
    if (!step.fails_with.empty()) out["fails_with"] = step.fails_with;
    if (step.may_stay_blocked) out["may_stay_blocked"] = true;
    if (!step.after.empty()) out["after"] = json_of(step.after);
    return out;
}

ordered_json json_of(const WireRule& rule) {
    ordered_json segment = ordered_json::object();
    if (rule.from) segment["from"] = text(name(*rule.from));
    if (rule.flags) {
        segment["flags"] = ordered_json::array();
        for (const auto& flag : model::names(*rule.flags)) segment["flags"].push_back(flag);
        if (segment["flags"].empty()) segment.erase("flags");
    }
    if (rule.data) segment["data"] = *rule.data;
    if (rule.connection != 0) segment["connection"] = rule.connection;
    if (rule.nth != 0) segment["nth"] = rule.nth;
    ordered_json out = {{"segment", std::move(segment)}, {"do", text(name(rule.action))}};
    if (!rule.after.empty()) out["after"] = json_of(rule.after);
    return out;
}

}  // namespace tcpstep::lesson
