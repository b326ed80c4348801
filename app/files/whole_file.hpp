#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

#include "model/result.hpp"

namespace tcpstep::files {

/// The bytes of a file. BadInput, with the reason, if it cannot be read or is a folder.
Result<std::string> read_whole(const std::filesystem::path& file);

/// Lets `write` fill a file. It is written beside and then renamed, so that whatever happens there
/// is the old file or the whole new one; only a pipe or a device is written as it is. BadInput,
/// with the reason, if it cannot be written.
Result<void> write_whole(const std::filesystem::path& file,
                         const std::function<void(std::ostream&)>& write);

}  // namespace tcpstep::files
