#include "app/files/file_in_pieces.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

#include "app/files/whole_file.hpp"

namespace tcpstep::files {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPiece = std::size_t{256} * 1024;

}  // namespace

Result<FileInPieces> FileInPieces::open(const fs::path& file) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return tl::make_unexpected(cannot_read(file, EISDIR));
    FileInPieces opened;
    opened.file_ = file;
    errno = 0;
    opened.in_ = std::make_unique<std::ifstream>(file, std::ios::binary);
    if (!*opened.in_) return tl::make_unexpected(cannot_read(file, errno));
    opened.piece_.resize(kPiece);
    return opened;
}

std::string_view FileInPieces::next() {
    errno = 0;
    in_->read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
    if (in_->bad()) os_errno_ = errno != 0 ? errno : EIO;
    const auto octets = static_cast<std::size_t>(in_->gcount());
    read_ += octets;
    return {piece_.data(), octets};
}

Result<void> FileInPieces::failure() const {
    if (os_errno_ == 0) return {};
    return tl::make_unexpected(cannot_read(file_, os_errno_));
}

}  // namespace tcpstep::files
