#include "model/trace.hpp"

#include <cassert>
#include <charconv>

namespace tcpstep::model {

std::string to_string(const ConnectionId& id) {
    std::string text = to_string(id.client) + "-" + to_string(id.server);
    if (id.generation > 1) text += "#" + std::to_string(id.generation);
    return text;
}

std::optional<ConnectionId> parse_connection_id(std::string_view text) {
    ConnectionId id;
    const std::size_t hash = text.find('#');
    if (hash != std::string_view::npos) {
        const std::string_view digits = text.substr(hash + 1);
        const auto end =
            std::from_chars(digits.data(), digits.data() + digits.size(), id.generation);
        if (end.ec != std::errc() || end.ptr != digits.data() + digits.size() ||
            id.generation < 2) {
            return std::nullopt;
        }
        text = text.substr(0, hash);
    }
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto client = parse_socket_address(text.substr(0, dash));
    const auto server = parse_socket_address(text.substr(dash + 1));
    if (!client || !server) return std::nullopt;
    id.client = *client;
    id.server = *server;
    return id;
}

void Trace::append(Event event) {
    assert(events_.empty() || events_.back().time <= event.time);
    assert(!event.connection || *event.connection < connections_.size());
    numbers_.take(event.fact);
    events_.push_back(std::move(event));
}

ConnectionIndex Trace::intern(const ConnectionId& id) {
    // Events mostly concern the connection that was met last.
    if (!connections_.empty() && connections_.back() == id) {
        return static_cast<ConnectionIndex>(connections_.size() - 1);
    }
    const std::uint32_t hash = hash_.of_pair(id.client, id.server) + id.generation;
    const HashIndex::Position found = known_.find(
        hash, [&](HashIndex::Position position) { return connections_[position] == id; });
    if (found != HashIndex::kNone) return found;
    const auto index = static_cast<ConnectionIndex>(connections_.size());
    connections_.push_back(id);
    known_.insert(hash, index);
    return index;
}

bool Trace::operator==(const Trace& other) const {
    return title == other.title && description == other.description && epoch == other.epoch &&
           events_ == other.events_ && connections_ == other.connections_ &&
           unknown == other.unknown;
}

}  // namespace tcpstep::model
