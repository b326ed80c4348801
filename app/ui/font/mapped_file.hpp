#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace tcpstep::ui::font {

/// A file's octets, which the kernel reads as they are looked at: of a large font, little is.
class MappedFile {
  public:
    MappedFile() = default;
    /// Empty if the file cannot be mapped.
    explicit MappedFile(const std::filesystem::path& file);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::span<const std::byte> octets() const { return octets_; }

  private:
    std::span<const std::byte> octets_;
};

}  // namespace tcpstep::ui::font
