#include "model/qlog/unknown_places.hpp"

#include "model/qlog/place.hpp"

namespace tcpstep::model::qlog {

void UnknownPlaces::add_event(std::string_view place, std::string_view name) {
    if (++count > kMost) return;
    first.push_back(std::string(place) + " (" + std::string(name) + ")");
}

void UnknownPlaces::add(std::string_view place, const std::vector<UnknownMember>& members) {
    for (const UnknownMember& member : members) {
        if (++count > kMost) continue;
        std::string where(place);
        // "record 9" is no pointer, and one within it follows.
        if (!where.empty() && !where.starts_with('/')) where += ": ";
        where += member.object;
        append_pointer_token(where, member.name);
        first.push_back(std::move(where));
    }
}

}  // namespace tcpstep::model::qlog
