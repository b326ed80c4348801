#include "capture/run_program.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpstep::capture {

namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> result;
    result.reserve(words.size() + 1);
    for (std::string& word : words) result.push_back(word.data());
    result.push_back(nullptr);
    return result;
}

// To the end, so that the program is not stopped by a full pipe.
std::string read_all(int file) {
    std::string text;
    std::array<char, 512> buffer{};
    for (;;) {
        const ssize_t count = ::read(file, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return text;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

// Not "# Warning: iptables-legacy tables present ...", with which iptables begins what it says.
std::string first_statement(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.front() != '#') return line;
    }
    return {};
}

bool ended_well(pid_t child) {
    int status = -1;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::string find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path != nullptr ? path : "") +
                               ":/usr/local/sbin:/usr/sbin:/sbin");
    for (std::string file; std::getline(folders, file, ':');) {
        if (file.empty()) continue;
        file += '/';
        file += name;
        if (::access(file.c_str(), X_OK) == 0) return file;
    }
    return {};
}

ProgramEnd run_program(const std::string& path, std::vector<std::string> words,
                       std::vector<std::string> variables) {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) return {false, std::strerror(errno)};
    for (char** variable = environ; *variable != nullptr; ++variable) {
        variables.emplace_back(*variable);
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDERR_FILENO);
    pid_t child = 0;
    const int os_errno = ::posix_spawn(&child, path.c_str(), &actions, nullptr,
                                       pointers(words).data(), pointers(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(output[1]);
    const std::string text = os_errno == 0 ? read_all(output[0]) : std::strerror(os_errno);
    ::close(output[0]);
    return {os_errno == 0 && ended_well(child), first_statement(text)};
}

}  // namespace tcpstep::capture
