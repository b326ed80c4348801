#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "model/result.hpp"

namespace tcpstep::files {

/// A file that is written while things happen: what is appended is with the kernel at once, so that
/// whatever ends the program, it stays.
class GrowingFile {
  public:
    /// Replaces what is there, and leaves no file if nothing was written. BadInput, with the
    /// reason, if it cannot be written.
    static Result<GrowingFile> open(const std::filesystem::path& file);

    /// A new file that only its owner may read, which remove_unless_open() spares as long as this
    /// lives, whatever ends it. BadInput, with os_errno EEXIST where there is a file of that name.
    static Result<GrowingFile> create_private(const std::filesystem::path& file);

    GrowingFile(GrowingFile&& other) noexcept;
    GrowingFile& operator=(GrowingFile&&) = delete;
    /// Closes it.
    ~GrowingFile();

    /// BadInput, with the reason, if not all could be written. What could not, as on a full disk,
    /// is kept and written before what is appended next, even if that is nothing: there is never a
    /// hole.
    Result<void> append(std::string_view octets);

    /// Nothing could be written so far.
    bool empty() const { return written_ == 0; }

    /// Waits for the disk of another machine, too; nothing can be appended any more. BadInput if
    /// not all is written.
    Result<void> close();

  private:
    GrowingFile(std::filesystem::path file, int descriptor, bool stays_empty)
        : file_(std::move(file)), descriptor_(descriptor), stays_empty_(stays_empty) {}
    void remove_if_empty() const;

    std::filesystem::path file_;
    int descriptor_;
    bool stays_empty_;
    std::string left_;  // could not be written yet
    std::size_t written_ = 0;
};

/// Removes a file, unless it is a private one that is still open, here or in another program. True
/// if it is gone.
bool remove_unless_open(const std::filesystem::path& file);

}  // namespace tcpstep::files
