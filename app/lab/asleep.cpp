#include "app/lab/asleep.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace tcpstep::lab {

namespace {

// The third field of a file "PID (name) S ..."; nothing if there is no such task.
std::optional<char> task_state(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    std::array<char, 256> text{};
    const ssize_t got = read(file, text.data(), text.size());
    close(file);
    if (got <= 0) return std::nullopt;
    const std::string_view stat(text.data(), static_cast<std::size_t>(got));
    // The name may hold anything, brackets too.
    const std::size_t name_end = stat.rfind(')');
    if (name_end == std::string_view::npos || name_end + 2 >= stat.size()) return '?';
    return stat[name_end + 2];
}

}  // namespace

bool asleep(pid_t thread) {
    return task_state(fmt::format("/proc/self/task/{}/stat", thread)).value_or('S') == 'S';
}

bool child_asleep(pid_t process) {
    const char state = task_state(fmt::format("/proc/{}/stat", process)).value_or('S');
    return state == 'S' || state == 'Z';
}

}  // namespace tcpstep::lab
