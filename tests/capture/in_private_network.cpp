#include "tests/capture/in_private_network.hpp"

#include <array>
#include <cstdlib>
#include <string_view>

#include <sys/wait.h>
#include <unistd.h>

#include "capture/private_network.hpp"

namespace tcpstep::capture {

void InPrivateNetwork::SetUp() {
    static const Result<void> entered = enter_private_network();
    if (entered) return;
    const char* ci = std::getenv("CI");
    if (ci != nullptr && std::string_view(ci) == "true") FAIL() << entered.error().line();
    GTEST_SKIP() << entered.error().line();
}

std::string in_child(const std::function<std::string()>& body) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) return "pipe failed";
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string text = body();
        const bool told = ::write(pipe[1], text.data(), text.size()) >= 0;
        ::_exit(told ? 0 : 1);
    }
    ::close(pipe[1]);
    std::string text;
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = ::read(pipe[0], buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return status == 0 ? text : text + " (child ended with status " + std::to_string(status) + ")";
}

}  // namespace tcpstep::capture
