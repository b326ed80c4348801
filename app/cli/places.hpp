#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/result.hpp"

namespace tcpstep::cli {

/// An option and where it writes: {"--svg", "x.svg"}; "-" is standard output, "" nowhere.
using Place = std::pair<std::string, std::string>;

/// BadInput if the name's ending says another form than the option writes: {"--json", "x.svg"}. A
/// name may have any other ending, or none.
Result<void> check_ending(const Place& place);

/// BadInput if two of them would write the same file, or both to standard output, or one does not
/// end as its form does. A device takes them all.
Result<void> check_places(const std::vector<Place>& places);

/// What `name` means to an option that writes: "-" for the names that the system gives standard
/// output ("/dev/stdout"), so that it takes nothing else; every other name is its own.
std::string place_named(const std::string& name);

}  // namespace tcpstep::cli
