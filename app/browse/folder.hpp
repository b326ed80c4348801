#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tcpstep::browse {

struct Entry {
    std::string name;
    bool folder = false;     ///< or a link to one
    std::uint64_t size = 0;  ///< octets; of a file
    bool operator==(const Entry&) const = default;
};

/// What is in a folder: folders first, then files, both by name; without "." and "..".
struct Listing {
    std::string folder;  ///< as it was asked for
    std::vector<Entry> entries;
    std::string fault;  ///< why it cannot be read, in one line; empty if it can
};

/// Reads it. May take long where the folder is far away or full: not on the window's thread.
Listing list_folder(const std::string& folder);

}  // namespace tcpstep::browse
