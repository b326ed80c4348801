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
    ordered_json operator()(const WasSent& c) const {
        return {{"segment", json_of(c.segment)}, {"is", "sent"}};
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
    if (!step.path.empty()) out["path"] = step.path;
    switch (step.call) {
        case Call::Listen:
            out["backlog"] = step.backlog;
            break;
        case Call::Send:
        case Call::SendTo:
            out["data"] = step.data;
            if (step.urgent) out["urgent"] = true;
            break;
        case Call::Recv:
        case Call::RecvFrom:
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
            if (step.kind.type != SocketType::Stream) out["type"] = text(name(step.kind.type));
            if (step.kind.family != Family::Inet) out["family"] = text(name(step.kind.family));
            break;
        case Call::Fork:
            out["child"] = ordered_json::array();
            for (const Step& one : step.child) out["child"].push_back(json_of(one));
            break;
        case Call::Exit:
            if (step.value != 0) out["status"] = step.value;
            break;
        case Call::WaitPid:
        case Call::Bind:
        case Call::Accept:
        case Call::Connect:
        case Call::Close:
        case Call::Dup:
        case Call::GetSockName:
        case Call::GetPeerName:
        case Call::ProcNetTcp:
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

ordered_json json_of(const model::SegmentChoice& choice) {
    ordered_json out = ordered_json::object();
    if (choice.from) out["from"] = text(name(*choice.from));
    if (choice.flags) {
        out["flags"] = ordered_json::array();
        for (const auto& flag : model::names(*choice.flags)) out["flags"].push_back(flag);
        if (out["flags"].empty()) out.erase("flags");
    }
    if (choice.data) out["data"] = *choice.data;
    if (choice.again) out["again"] = *choice.again;
    if (choice.absorbed) out["absorbed"] = true;
    if (choice.connection != 0) out["connection"] = choice.connection;
    if (choice.nth != 0) out["nth"] = choice.nth;
    return out;
}

ordered_json json_of(const WireRule& rule) {
    ordered_json out = {{"segment", json_of(rule.segment)}, {"do", text(name(rule.action))}};
    if (!rule.after.empty()) out["after"] = json_of(rule.after);
    if (rule.at_least.count() > 0) out["at_least_ms"] = rule.at_least.count();
    return out;
}

}  // namespace tcpstep::lesson
