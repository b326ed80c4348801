#include "app/files/base_folder.hpp"

#include <cstdlib>

namespace tcpstep::files {

namespace fs = std::filesystem;

namespace {

fs::path folder_named(const char* variable) {
    const char* value = std::getenv(variable);
    const fs::path folder = value == nullptr ? "" : value;
    return folder.is_absolute() ? folder : fs::path();
}

}  // namespace

std::optional<fs::path> base_folder(const char* variable, const fs::path& below_home) {
    if (fs::path named = folder_named(variable); !named.empty()) return named;
    const fs::path home = folder_named("HOME");
    if (home.empty()) return std::nullopt;
    return home / below_home;
}

}  // namespace tcpstep::files
