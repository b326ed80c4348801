#pragma once

#include <string>
#include <vector>

#include "tests/judge/record.hpp"
#include "tests/judge/truth.hpp"

namespace tcpstep::judge {

/// Writes a story into a directory: "000017.pcap", "000017.truth" and, to be read by people,
/// "000017.story". BadInput if it cannot.
Result<void> keep(const std::string& directory, const Record& record);

/// A story that was kept.
struct Case {
    std::string path;  ///< without the ending: "corpus/000017"
    Truth truth;
    std::vector<Captured> captured;
};

/// All that are in a directory, by seed. BadInput.
Result<std::vector<Case>> read_corpus(const std::string& directory);

}  // namespace tcpstep::judge
