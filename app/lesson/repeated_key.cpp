#include "app/lesson/repeated_key.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <nlohmann/json.hpp>

namespace tcpstep::lesson {

namespace {

// Behind the closing quote of the string that begins at `at`.
std::size_t end_of_string(std::string_view json, std::size_t at) {
    for (++at; json[at] != '"'; ++at) {
        if (json[at] == '\\') ++at;
    }
    return at + 1;
}

}  // namespace

std::optional<RepeatedKey> repeated_key(std::string_view json) {
    std::vector<std::set<std::string>> names;  // of what is open: an array has none
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '{' || c == '[') names.emplace_back();
        if (c == '}' || c == ']') names.pop_back();
        if (c != '"') continue;
        const std::size_t end = end_of_string(json, at);
        const std::size_t next = json.find_first_not_of(" \t\r\n", end);
        if (next != std::string_view::npos && json[next] == ':') {
            // Without its escapes: "\u0061" is "a".
            auto key = nlohmann::json::parse(json.substr(at, end - at)).get<std::string>();
            if (!names.back().insert(key).second) {
                const auto lines =
                    std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(at), '\n');
                return RepeatedKey{std::move(key), 1 + static_cast<std::size_t>(lines)};
            }
        }
        at = end - 1;
    }
    return std::nullopt;
}

}  // namespace tcpstep::lesson
