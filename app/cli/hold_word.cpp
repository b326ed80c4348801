#include "app/cli/hold_word.hpp"

#include <map>

#include <fmt/format.h>

namespace tcpstep::cli {

using lab::Hold;

std::optional<Hold> hold_of(const std::string& word) {
    static const std::map<std::string, Hold> kWords = {{"every", Hold::Every},
                                                       {"control", Hold::Control},
                                                       {"client", Hold::FromClient},
                                                       {"server", Hold::FromServer},
                                                       {"none", Hold::None}};
    const auto found = kWords.find(word);
    return found == kWords.end() ? std::nullopt : std::optional(found->second);
}

std::string not_a_hold(const std::string& word) {
    return fmt::format("{} not in {{every,control,client,server,none}}", word);
}

}  // namespace tcpstep::cli
