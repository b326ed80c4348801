#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <vector>

#include "model/result.hpp"

namespace tcpstep::files {

/// A file, or a pipe, that is read from its start to its end and is never in memory as a whole.
class FileInPieces {
  public:
    /// BadInput, with the reason, if it cannot be read or is a folder.
    static Result<FileInPieces> open(const std::filesystem::path& file);

    /// The next octets, valid until the next call; none at the end, or where reading failed.
    std::string_view next();

    /// How many octets have come.
    std::size_t read() const { return read_; }

    /// BadInput, with the reason, if reading has failed.
    Result<void> failure() const;

  private:
    FileInPieces() = default;

    std::filesystem::path file_;
    std::unique_ptr<std::ifstream> in_;
    std::vector<char> piece_;
    std::size_t read_ = 0;
    int os_errno_ = 0;
};

}  // namespace tcpstep::files
