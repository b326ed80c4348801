#include "app/doctor/display.hpp"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tcpstep::doctor {

namespace {

// `path` may begin with a zero octet: an abstract address, unix(7).
bool listens(std::string_view path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, path.data(), path.size());
    const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (file < 0) return false;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    const bool connected =
        ::connect(file, reinterpret_cast<const sockaddr*>(&address), length) == 0 ||
        errno == EAGAIN;  // it listens, and is busy
    ::close(file);
    return connected;
}

bool x_server_answers(const std::string& display) {
    const std::size_t colon = display.rfind(':');
    if (colon == std::string::npos) return false;
    const std::string host = display.substr(0, colon);
    if (!host.empty() && host != "unix") return true;
    const std::string number = display.substr(colon + 1, display.find('.', colon) - colon - 1);
    const std::string path = "/tmp/.X11-unix/X" + number;
    return listens(path) || listens(std::string(1, '\0') + path);
}

bool compositor_answers(const DisplayVariables& variables) {
    const std::string& name = variables.wayland_display;
    return listens(name.front() == '/' ? name : variables.runtime_folder + "/" + name);
}

}  // namespace

Display find_display(const DisplayVariables& variables) {
    const std::string& x = variables.display;
    if (!x.empty() && x_server_answers(x)) return {x, true};
    const std::string& wayland = variables.wayland_display;
    if (!wayland.empty() && compositor_answers(variables)) return {wayland, true};
    return {x.empty() ? wayland : x, false};
}

}  // namespace tcpstep::doctor
