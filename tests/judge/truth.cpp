#include "tests/judge/truth.hpp"

#include <sstream>

#include <fmt/format.h>

namespace tcpstep::judge {

namespace {

void add(std::string& text, std::string_view end, const std::vector<TrueState>& states) {
    for (const TrueState& one : states) {
        text += fmt::format("{} {} {} {}{}\n", end, name(one.state),
                            one.time.time_since_epoch().count(), name(one.source),
                            one.unseen ? " unseen" : "");
    }
}

std::optional<Source> source_named(std::string_view text) {
    for (const Source source : {Source::Tracepoint, Source::Diag, Source::Cookie}) {
        if (text == name(source)) return source;
    }
    return std::nullopt;
}

bool read_state(std::istringstream& words, std::vector<TrueState>& into) {
    std::string state;
    std::string source;
    std::string unseen;
    std::int64_t time = 0;
    words >> state >> time >> source >> unseen;
    const auto named = model::state_named(state);
    const auto from = source_named(source);
    if (!named || !from) return false;
    into.push_back(
        {*named, model::Time(std::chrono::nanoseconds(time)), *from, unseen == "unseen"});
    return true;
}

bool read_connection(std::istringstream& words, std::vector<TrueConnection>& into) {
    std::string client;
    std::string server;
    TrueConnection connection;
    words >> client >> server >> connection.generation;
    const auto from = model::parse_socket_address(client);
    const auto to = model::parse_socket_address(server);
    if (!from || !to) return false;
    connection.client.address = *from;
    connection.server.address = *to;
    into.push_back(connection);
    return true;
}

bool read_line(const std::string& line, Truth& truth) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "seed") return static_cast<bool>(words >> truth.seed);
    if (what == "complete") return static_cast<bool>(words >> truth.complete);
    if (what == "lossless") return static_cast<bool>(words >> truth.lossless);
    if (what == "settled") return static_cast<bool>(words >> truth.settled);
    if (what == "story") {
        std::getline(words >> std::ws, truth.story);
        return true;
    }
    if (what == "connection") return read_connection(words, truth.connections);
    if (truth.connections.empty()) return false;
    TrueConnection& connection = truth.connections.back();
    if (what == "client") return read_state(words, connection.client.states);
    if (what == "client-shown") return read_state(words, connection.client.shown);
    if (what == "server") return read_state(words, connection.server.states);
    if (what == "server-shown") return read_state(words, connection.server.shown);
    return false;
}

}  // namespace

std::string_view name(Source source) {
    switch (source) {
        case Source::Tracepoint:
            return "tracepoint";
        case Source::Diag:
            return "diag";
        case Source::Cookie:
            return "cookie";
    }
    return "";
}

std::string to_text(const Truth& truth) {
    std::string text =
        fmt::format("seed {}\ncomplete {:d}\nlossless {:d}\nsettled {:d}\nstory {}\n", truth.seed,
                    truth.complete, truth.lossless, truth.settled, truth.story);
    for (const TrueConnection& one : truth.connections) {
        text += fmt::format("connection {} {} {}\n", model::to_string(one.client.address),
                            model::to_string(one.server.address), one.generation);
        add(text, "client", one.client.states);
        add(text, "client-shown", one.client.shown);
        add(text, "server", one.server.states);
        add(text, "server-shown", one.server.shown);
    }
    return text;
}

Result<Truth> parse_truth(std::string_view text) {
    Truth truth;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (!read_line(line, truth)) {
            return fail(ErrorKind::BadInput, fmt::format("truth: line {}: {}", number, line));
        }
    }
    return truth;
}

}  // namespace tcpstep::judge
