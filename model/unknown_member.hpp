#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace tcpstep::model {

/// A member of a trace file that this version does not know: kept, so that nothing is lost.
struct UnknownMember {
    std::string object;  ///< in which it stands: a JSON pointer (RFC 6901) within its record
    std::string name;
    std::string json;  ///< its value
    auto operator<=>(const UnknownMember&) const = default;
};

/// A record of a trace file: of an event, or of a state that was inferred from it.
struct RecordPlace {
    std::size_t event = 0;  ///< index in Trace::events()
    std::size_t state = 0;  ///< 1 for the first state told after it; 0: the event itself
    auto operator<=>(const RecordPlace&) const = default;
};

/// All of a trace.
struct UnknownMembers {
    std::vector<UnknownMember> header;  ///< "/trace" is the object of what the trace says of itself
    std::map<RecordPlace, std::vector<UnknownMember>> records;
    bool operator==(const UnknownMembers&) const = default;

    /// Those of a record; nullptr if it has none.
    const std::vector<UnknownMember>* of(RecordPlace place) const {
        const auto found = records.find(place);
        return found == records.end() ? nullptr : &found->second;
    }
    std::size_t count() const {
        std::size_t sum = header.size();
        for (const auto& [place, members] : records) sum += members.size();
        return sum;
    }
};

}  // namespace tcpstep::model
