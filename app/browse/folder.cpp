#include "app/browse/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace tcpstep::browse {

namespace fs = std::filesystem;

Listing list_folder(const std::string& folder) {
    Listing listing;
    listing.folder = folder;
    std::error_code error;
    fs::directory_iterator next(folder, error);
    for (; !error && next != fs::directory_iterator(); next.increment(error)) {
        // What cannot be looked at (a link to nothing) is listed as a file, and opening it says
        // why.
        std::error_code unknown;
        Entry entry{next->path().filename().string(), next->is_directory(unknown), 0};
        const std::uintmax_t size = entry.folder ? 0 : next->file_size(unknown);
        if (!unknown) entry.size = size;
        listing.entries.push_back(std::move(entry));
    }
    if (error) listing.fault = folder + ": cannot be read: " + error.message();
    std::sort(listing.entries.begin(), listing.entries.end(), [](const Entry& a, const Entry& b) {
        return std::pair(!a.folder, a.name) < std::pair(!b.folder, b.name);
    });
    return listing;
}

}  // namespace tcpstep::browse
