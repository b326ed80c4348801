#include "model/qlog/call_fields.hpp"

namespace tcpstep::model::qlog {

namespace {

std::vector<CallArgument> read_arguments(const Fields& data) {
    std::vector<CallArgument> arguments;
    const Value* value = data.required("arguments");
    if (value == nullptr) return arguments;
    const Place place(data.place(), "arguments");
    const Fields fields(*value, place, data.faults());
    if (!value->is_object()) return arguments;
    for (const Value& member : *value) {
        member.heed();
        if (member.kind() == Value::Kind::Integer) {
            arguments.push_back({std::string(member.name()), member.integer()});
        } else if (const std::string_view* text = member.text()) {
            arguments.push_back({std::string(member.name()), std::string(*text)});
        } else {
            fields.expected(member.name(), "a string or an integer", member);
        }
    }
    return arguments;
}

}  // namespace

CallEntered read_call_entered(const Fields& data) {
    CallEntered entered;
    entered.id = data.number<CallId>("call_id", 1);
    entered.endpoint = data.role("endpoint");
    entered.call = data.text("call");
    entered.arguments = read_arguments(data);
    entered.process = data.number_or_zero<Process>("pid");
    return entered;
}

CallReturned read_call_returned(const Fields& data) {
    CallReturned returned;
    returned.id = data.number<CallId>("call_id", 1);
    returned.endpoint = data.role("endpoint");
    returned.call = data.text("call");
    returned.result = data.number<std::int64_t>("result");
    returned.error = data.text_or_empty("errno");
    returned.value = data.text_or_empty("value");
    returned.address = data.text_or_empty("address");
    returned.datagram_length = data.number_or_zero<std::uint32_t>("datagram_length");
    returned.process = data.number_or_zero<Process>("pid");
    return returned;
}

}  // namespace tcpstep::model::qlog
