#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "model/result.hpp"

namespace tcpstep::files {

/// The bytes of a file, or of a pipe that somebody writes into; of more than `most` octets nothing.
/// BadInput, with the reason, if it cannot be read, is a folder, or has more: a device may never
/// end.
Result<std::string> read_whole(const std::filesystem::path& file,
                               std::size_t most = std::size_t{64} << 20U);

/// A file that is written beside its place and put there when it is whole, so that whatever happens
/// there is the old file or the new one. A link is followed; a pipe or a device is written as it
/// is.
class NewFile {
  public:
    /// BadInput, with the reason, if it could not be put there: found out before anything is
    /// written.
    static Result<NewFile> open(const std::filesystem::path& file);

    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    /// Takes away what was not committed.
    ~NewFile();

    std::ostream& stream();
    /// Where it is written until commit(); empty if there is no such file.
    const std::filesystem::path& beside() const { return beside_; }

    /// Puts the file in its place. BadInput, with the reason, if not all could be written.
    Result<void> commit();

  private:
    NewFile();

    struct Output;
    std::filesystem::path place_;
    std::filesystem::path beside_;  // empty once committed, and for pipes and devices
    std::unique_ptr<Output> out_;
};

/// Lets `write` fill a NewFile, and commits it. Errors are NewFile's.
Result<void> write_whole(const std::filesystem::path& file,
                         const std::function<void(std::ostream&)>& write);

/// BadInput: `file` cannot be read, for the reason that `os_errno` gives.
Error cannot_read(const std::filesystem::path& file, int os_errno);

/// BadInput: `file` cannot be written, for the reason that `os_errno` gives.
Error cannot_write(const std::filesystem::path& file, int os_errno);

}  // namespace tcpstep::files
