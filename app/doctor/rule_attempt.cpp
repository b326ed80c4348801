#include "app/doctor/rule_attempt.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpstep::doctor {

namespace {

using Command = std::vector<std::string>;

const std::array kCommands = {
    Command{"iptables", "-A", "INPUT", "-i", "lo", "-p", "tcp", "-j", "NFQUEUE"},
    Command{"iptables-legacy", "-A", "INPUT", "-i", "lo", "-p", "tcp", "-j", "NFQUEUE"},
    Command{"nft",
            "add table inet tcpstep; "
            "add chain inet tcpstep gate { type filter hook input priority 0; }; "
            "add rule inet tcpstep gate iif lo meta l4proto tcp queue num 0"}};

// Where it is, or nothing. An ordinary user's PATH leaves out the folders it is in on Debian.
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

// iptables-legacy's lock file belongs to the host's root; nobody else is in our namespace.
std::vector<std::string> environment() {
    std::vector<std::string> variables{"XTABLES_LOCKFILE=/dev/null"};
    for (char** variable = environ; *variable != nullptr; ++variable) {
        variables.emplace_back(*variable);
    }
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> result;
    result.reserve(words.size() + 1);
    for (std::string& word : words) result.push_back(word.data());
    result.push_back(nullptr);
    return result;
}

std::string first_line_of(int file) {
    std::string text;
    std::array<char, 512> buffer{};
    for (;;) {
        const ssize_t count = ::read(file, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text.substr(0, text.find('\n'));
}

// Runs it with its output caught; true if it ended with status 0.
bool run(const std::string& program, Command command, std::string& answer) {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) {
        answer = std::strerror(errno);
        return false;
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDERR_FILENO);
    std::vector<std::string> variables = environment();
    pid_t child = 0;
    const int os_errno = ::posix_spawn(&child, program.c_str(), &actions, nullptr,
                                       pointers(command).data(), pointers(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(output[1]);
    answer = os_errno == 0 ? first_line_of(output[0]) : std::strerror(os_errno);
    ::close(output[0]);
    int status = -1;
    if (os_errno == 0) {
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    }
    return os_errno == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::vector<RuleAttempt> try_rules() {
    std::vector<RuleAttempt> attempts;
    for (const Command& command : kCommands) {
        const std::string program = find_program(command.front());
        if (program.empty()) continue;
        RuleAttempt& attempt = attempts.emplace_back();
        attempt.program = command.front();
        attempt.accepted = run(program, command, attempt.answer);
        if (attempt.accepted) break;
    }
    return attempts;
}

}  // namespace tcpstep::doctor
