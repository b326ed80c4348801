#pragma once

#include <string>
#include <vector>

namespace tcpstep::capture {

/// Where the program of that name is: in PATH, or in the folders of system administration, which
/// an ordinary user's PATH leaves out on Debian. Empty if it is nowhere.
std::string find_program(const std::string& name);

/// How a program ended.
struct ProgramEnd {
    bool succeeded = false;  ///< it ran, and ended with status 0
    std::string answer;      ///< the first line that it printed, no comment; or why it did not run
};

/// Runs the program at `path` to its end, without a shell and with nothing to read. `words` are its
/// arguments, its name first; `variables` ("NAME=value") go before those of our environment.
ProgramEnd run_program(const std::string& path, std::vector<std::string> words,
                       std::vector<std::string> variables = {});

}  // namespace tcpstep::capture
