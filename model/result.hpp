#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace tcpstep {

/// What kind of failure this is; decides the program's exit status (DESIGN: 1, 2 or 3).
enum class ErrorKind {
    DoesNotHold,     ///< what was asked was carried out and did not hold: exit status 1
    BadInput,        ///< wrong usage or unusable input: exit status 2
    MachineForbids,  ///< this machine does not allow it: exit status 3
};

/// One failure, told in one line: what failed, why, and what the user can do.
struct Error {
    ErrorKind kind = ErrorKind::BadInput;
    std::string what;    ///< what was tried, and why it failed: "lesson 'x': no such lesson"
    std::string remedy;  ///< what to do: "run tcpstep lessons"; empty where there is nothing to do
    int os_errno = 0;    ///< errno of the failed system call, 0 if none was involved

    /// "what - remedy", one line.
    std::string line() const { return remedy.empty() ? what : what + " - " + remedy; }

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorKind::BadInput, "what", "remedy");`
inline tl::unexpected<Error> fail(ErrorKind kind, std::string what, std::string remedy = {},
                                  int os_errno = 0) {
    return tl::unexpected<Error>(Error{kind, std::move(what), std::move(remedy), os_errno});
}

}  // namespace tcpstep
