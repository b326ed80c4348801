#include "app/cli/places.hpp"

#include <cstddef>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/exports/format.hpp"

namespace tcpstep::cli {

namespace fs = std::filesystem;

namespace {

bool is_same(const std::string& one, const std::string& other) {
    std::error_code absent;
    if (fs::is_character_file(one, absent)) return false;
    // By a link, too; where there is none yet, by the name that it will have.
    return fs::equivalent(one, other, absent) ||
           fs::weakly_canonical(fs::absolute(one, absent), absent) ==
               fs::weakly_canonical(fs::absolute(other, absent), absent);
}

Result<void> check_two(const Place& one, const Place& other) {
    if (one.second.empty() || other.second.empty()) return {};
    const bool standard = one.second == "-";
    if (standard && other.second == "-") {
        return fail(ErrorKind::BadInput, "two forms of the trace cannot both go to standard output",
                    "name a file for one of them");
    }
    if (standard || other.second == "-" || !is_same(one.second, other.second)) return {};
    return fail(ErrorKind::BadInput,
                fmt::format("{}: {} and {} would write the same file", other.second, one.first,
                            other.first),
                "give one of them another name");
}

}  // namespace

Result<void> check_ending(const Place& place) {
    const auto& [option, name] = place;
    const exports::Format* says = exports::format_of_file(name);
    if (says == nullptr || "--" + std::string(says->name) == option) return {};
    const bool trace = says->name == "qlog" || says->name == "sqlog";
    if (option == "--json" && trace) return {};
    const std::string writes = option == "--json" ? "a trace" : option.substr(2);
    return fail(
        ErrorKind::BadInput,
        fmt::format("{}: {} writes {}, and the name says {}", name, option, writes, says->name),
        fmt::format("give it another ending, or use tcpstep export --to {}", says->name));
}

Result<void> check_places(const std::vector<Place>& places) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (auto fits = check_ending(places[i]); !fits) return fits;
        for (std::size_t j = i + 1; j < places.size(); ++j) {
            if (auto apart = check_two(places[i], places[j]); !apart) return apart;
        }
    }
    return {};
}

std::string place_named(const std::string& name) {
    const bool standard = name == "/dev/stdout" || name == "/dev/fd/1" || name == "/proc/self/fd/1";
    return standard ? "-" : name;
}

}  // namespace tcpstep::cli
