#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/unknown_member.hpp"

namespace tcpstep::model::qlog {

/// Where a file has what this version does not know: JSON pointers, as Fault::where has them,
/// behind that of an event its name: "/traces/0/events/7 (x:y)", "record 9: /data/colour".
struct UnknownPlaces {
    static constexpr std::size_t kMost = 100;
    std::vector<std::string> first;  ///< as many as kMost
    std::size_t count = 0;           ///< all of them

    /// An event of that name.
    void add_event(std::string_view place, std::string_view name);
    /// What unknown_members() found in the record at `place`.
    void add(std::string_view place, const std::vector<UnknownMember>& members);
};

}  // namespace tcpstep::model::qlog
