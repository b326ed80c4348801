#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/hash_index.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// The connections that a file names, by their `group_id`: each is parsed once.
class Groups {
  public:
    struct Group {
        std::string name;
        ConnectionId id;
        std::optional<ConnectionIndex> connection;  ///< once the trace has it
    };

    /// nullptr if `name` is none: to_string(ConnectionId) writes them. Valid until the next call.
    Group* find(std::string_view name) {
        const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(name));
        const auto same = [&](HashIndex::Position at) { return groups_[at].name == name; };
        const HashIndex::Position known = known_.find(hash, same);
        if (known != HashIndex::kNone) return &groups_[known];
        const auto id = parse_connection_id(name);
        if (!id) return nullptr;
        known_.insert(hash, static_cast<HashIndex::Position>(groups_.size()));
        return &groups_.emplace_back(Group{std::string(name), *id, std::nullopt});
    }

  private:
    std::vector<Group> groups_;
    HashIndex known_;
};

}  // namespace tcpstep::model::qlog
