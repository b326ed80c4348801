#include "app/lab/wire.hpp"

#include <nlohmann/json.hpp>

namespace tcpstep::lab {

using nlohmann::json;

namespace {

// Error texts may carry bytes that are not UTF-8 (file names): they must not stop the report.
std::string line_of(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_line(const RunCommand& command) {
    json value = {
        {"command", "run"}, {"lesson", command.lesson}, {"host", command.network == Network::Host}};
    if (command.port) value["port"] = *command.port;
    return line_of(value);
}

std::string to_line(const Failure& failure) {
    const Error& error = failure.error;
    return line_of({{"error",
                     {{"kind", static_cast<int>(error.kind)},
                      {"what", error.what},
                      {"remedy", error.remedy},
                      {"errno", error.os_errno},
                      {"no_private_network", failure.no_private_network}}}});
}

Result<RunCommand> parse_command(std::string_view line) {
    try {
        const json value = json::parse(line);
        RunCommand command;
        command.lesson = value.at("lesson").get<std::string>();
        command.network = value.at("host").get<bool>() ? Network::Host : Network::Private;
        if (value.contains("port")) command.port = value.at("port").get<std::uint16_t>();
        return command;
    } catch (const json::exception& error) {
        return fail(ErrorKind::BadInput, std::string("lab command: ") + error.what());
    }
}

std::optional<Failure> parse_failure(std::string_view line) {
    if (!line.starts_with("{\"error\":")) return std::nullopt;
    try {
        const json value = json::parse(line).at("error");
        Failure failure;
        failure.error.kind = static_cast<ErrorKind>(value.at("kind").get<int>());
        failure.error.what = value.at("what").get<std::string>();
        failure.error.remedy = value.at("remedy").get<std::string>();
        failure.error.os_errno = value.at("errno").get<int>();
        failure.no_private_network = value.at("no_private_network").get<bool>();
        return failure;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

}  // namespace tcpstep::lab
