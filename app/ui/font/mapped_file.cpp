#include "app/ui/font/mapped_file.hpp"

#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpstep::ui::font {

MappedFile::MappedFile(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat about {};
    if (::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) {
        const auto size = static_cast<std::size_t>(about.st_size);
        void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (at != MAP_FAILED) octets_ = {static_cast<const std::byte*>(at), size};
    }
    ::close(descriptor);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : octets_(std::exchange(other.octets_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(octets_, other.octets_);
    return *this;
}

MappedFile::~MappedFile() {
    if (!octets_.empty()) ::munmap(const_cast<std::byte*>(octets_.data()), octets_.size());
}

}  // namespace tcpstep::ui::font
