#include "app/lab/wire.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/lesson/json_of.hpp"
#include "app/lesson/parse_step.hpp"

namespace tcpstep::lab {

using nlohmann::json;

namespace {

constexpr std::array kHoldNames = {
    std::pair{Hold::Every, "every"}, std::pair{Hold::Control, "control"},
    std::pair{Hold::FromClient, "client"}, std::pair{Hold::FromServer, "server"},
    std::pair{Hold::None, "none"}};

// Error texts may carry bytes that are not UTF-8 (file names): they must not stop the report.
std::string line_of(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

json json_of(const HoldPolicy& policy) {
    std::string what;
    for (const auto& [hold, name] : kHoldNames) {
        if (hold == policy.what) what = name;
    }
    return {{"what", what}, {"transit_ms", policy.transit.count()}};
}

HoldPolicy policy_of(const json& value) {
    HoldPolicy policy;
    const auto what = value.at("what").get<std::string>();
    for (const auto& [hold, name] : kHoldNames) {
        if (what == name) policy.what = hold;
    }
    policy.transit = std::chrono::milliseconds(value.at("transit_ms").get<std::int64_t>());
    return policy;
}

json json_of(const Error& error) {
    return {{"kind", static_cast<int>(error.kind)},
            {"what", error.what},
            {"remedy", error.remedy},
            {"errno", error.os_errno}};
}

Error error_of(const json& value) {
    Error error;
    error.kind = static_cast<ErrorKind>(value.at("kind").get<int>());
    error.what = value.at("what").get<std::string>();
    error.remedy = value.at("remedy").get<std::string>();
    error.os_errno = value.at("errno").get<int>();
    return error;
}

struct CommandJson {
    json operator()(const Deliver& c) const { return about("deliver", c.id); }
    json operator()(const Drop& c) const { return about("drop", c.id); }
    json operator()(const Duplicate& c) const { return about("duplicate", c.id); }
    json operator()(const HoldBack& c) const { return about("hold_back", c.id); }
    json operator()(const InjectReset& c) const {
        return {{"command", "reset"},
                {"connection", c.connection},
                {"to_client", c.receiver == model::Role::Client}};
    }
    json operator()(const SetHold& c) const {
        return {{"command", "hold"}, {"policy", json_of(c.policy)}};
    }
    json operator()(const SetAutomatic& c) const {
        return {{"command", "automatic"}, {"on", c.on}, {"pace_ms", c.pace.count()}};
    }
    static json about(const char* command, model::SegmentId id) {
        return {{"command", command}, {"id", id}};
    }
};

GateCommand command_of(const json& value) {
    const auto command = value.at("command").get<std::string>();
    if (command == "hold") return SetHold{policy_of(value.at("policy"))};
    if (command == "automatic") {
        return SetAutomatic{value.at("on").get<bool>(),
                            std::chrono::milliseconds(value.at("pace_ms").get<std::int64_t>())};
    }
    if (command == "reset") {
        const bool to_client = value.at("to_client").get<bool>();
        return InjectReset{value.at("connection").get<model::ConnectionIndex>(),
                           to_client ? model::Role::Client : model::Role::Server};
    }
    const auto id = value.at("id").get<model::SegmentId>();
    if (command == "deliver") return Deliver{id};
    if (command == "drop") return Drop{id};
    if (command == "duplicate") return Duplicate{id};
    return HoldBack{id};
}

}  // namespace

std::string to_line(const RunCommand& command) {
    json value = {{"command", "run"},
                  {"lesson", command.lesson},
                  {"host", command.network == Network::Host},
                  {"hold", json_of(command.hold)},
                  {"automatic", command.automatic},
                  {"show_retransmissions", command.show_retransmissions},
                  {"patience", command.patience},
                  {"by_hand", command.by_hand}};
    if (command.port) value["port"] = *command.port;
    if (command.gated) value["gated"] = *command.gated;
    return line_of(value);
}

std::string to_line(const GateCommand& command) {
    return line_of(std::visit(CommandJson{}, command));
}

std::string to_line(const MakeCall& command) {
    return line_of({{"command", "call"},
                    {"actor", std::string(name(command.actor))},
                    {"step", lesson::json_of(command.step)}});
}

std::string to_line(const Note& note) {
    if (const auto* failure = std::get_if<Failure>(&note)) {
        return line_of({{"error", json_of(failure->error)},
                        {"no_private_network", failure->no_private_network}});
    }
    if (const auto* free = std::get_if<RunsFree>(&note)) {
        return line_of({{"free", json_of(free->reason)}});
    }
    return line_of({{"settled", std::get<Settled>(note).commands}});
}

Result<RunCommand> parse_command(std::string_view line) {
    try {
        const json value = json::parse(line);
        RunCommand command;
        command.lesson = value.at("lesson").get<std::string>();
        command.network = value.at("host").get<bool>() ? Network::Host : Network::Private;
        command.hold = policy_of(value.at("hold"));
        command.automatic = value.at("automatic").get<bool>();
        command.show_retransmissions = value.at("show_retransmissions").get<bool>();
        command.patience = value.at("patience").get<bool>();
        command.by_hand = value.at("by_hand").get<bool>();
        if (value.contains("port")) command.port = value.at("port").get<std::uint16_t>();
        if (value.contains("gated")) command.gated = value.at("gated").get<bool>();
        return command;
    } catch (const json::exception& error) {
        return fail(ErrorKind::BadInput, std::string("lab command: ") + error.what());
    }
}

Result<GateCommand> parse_gate_command(std::string_view line) {
    try {
        return command_of(json::parse(line));
    } catch (const json::exception& error) {
        return fail(ErrorKind::BadInput, std::string("gate command: ") + error.what());
    }
}

Result<LabCommand> parse_lab_command(std::string_view line) {
    try {
        const json value = json::parse(line);
        if (value.at("command").get<std::string>() != "call")
            return parse_gate_command(line).map([](GateCommand c) { return LabCommand(c); });
        MakeCall call;
        const auto actor = value.at("actor").get<std::string>();
        const auto* const who = std::find_if(lesson::kActors.begin(), lesson::kActors.end(),
                                             [&](lesson::Actor one) { return name(one) == actor; });
        if (who == lesson::kActors.end())
            return fail(ErrorKind::BadInput, fmt::format("lab command: no actor \"{}\"", actor));
        call.actor = *who;
        lesson::FirstFault fault;
        call.step = lesson::parse_step(value.at("step"), "/step", fault);
        if (fault.found())
            return fail(ErrorKind::BadInput, fmt::format("lab command: {}", *fault.text()));
        return LabCommand(std::move(call));
    } catch (const json::exception& error) {
        return fail(ErrorKind::BadInput, std::string("lab command: ") + error.what());
    }
}

std::optional<Note> parse_note(std::string_view line) {
    const auto begins = [&](std::string_view with) { return line.starts_with(with); };
    if (!begins("{\"error\":") && !begins("{\"free\":") && !begins("{\"settled\":")) {
        return std::nullopt;
    }
    try {
        const json value = json::parse(line);
        if (value.contains("settled")) return Settled{value.at("settled").get<std::uint64_t>()};
        if (value.contains("free")) return RunsFree{error_of(value.at("free"))};
        return Failure{error_of(value.at("error")), value.at("no_private_network").get<bool>()};
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

}  // namespace tcpstep::lab
