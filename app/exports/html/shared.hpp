#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

namespace tcpstep::exports::html {

/// Values that many parts of a page share, each kept once; the parts have its index.
class Shared {
  public:
    std::size_t index_of(nlohmann::ordered_json value) {
        const auto [found, is_new] = known_.try_emplace(value.dump(), all_.size());
        if (is_new) all_.push_back(std::move(value));
        return found->second;
    }
    /// Gives all of them away.
    nlohmann::ordered_json take() { return std::move(all_); }

  private:
    nlohmann::ordered_json all_ = nlohmann::ordered_json::array();
    std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace tcpstep::exports::html
