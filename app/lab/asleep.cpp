#include "app/lab/asleep.hpp"

#include <array>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace tcpstep::lab {

bool asleep(pid_t thread) {
    const int file =
        open(fmt::format("/proc/self/task/{}/stat", thread).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return true;
    std::array<char, 256> text{};
    const ssize_t got = read(file, text.data(), text.size());
    close(file);
    if (got <= 0) return true;
    const std::string_view stat(text.data(), static_cast<std::size_t>(got));
    // "TID (name) S ...": the name may hold anything, brackets too.
    const std::size_t name_end = stat.rfind(')');
    return name_end != std::string_view::npos && name_end + 2 < stat.size() &&
           stat[name_end + 2] == 'S';
}

}  // namespace tcpstep::lab
