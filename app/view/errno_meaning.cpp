#include "app/view/errno_meaning.hpp"

#include <algorithm>
#include <array>

#include "app/view/say.hpp"

namespace tcpstep::view {

namespace {

struct Meaning {
    std::string_view name;
    Text text;
};

constexpr std::array kMeanings = {
    Meaning{"ECONNREFUSED", Text::ErrnoConnRefused},
    Meaning{"EADDRINUSE", Text::ErrnoAddrInUse},
    Meaning{"EADDRNOTAVAIL", Text::ErrnoAddrNotAvail},
    Meaning{"ENOTCONN", Text::ErrnoNotConn},
    Meaning{"EISCONN", Text::ErrnoIsConn},
    Meaning{"EPIPE", Text::ErrnoPipe},
    Meaning{"ECONNRESET", Text::ErrnoConnReset},
    Meaning{"ECONNABORTED", Text::ErrnoConnAborted},
    Meaning{"ETIMEDOUT", Text::ErrnoTimedOut},
    Meaning{"EINVAL", Text::ErrnoInval},
    Meaning{"EBADF", Text::ErrnoBadF},
    Meaning{"EAGAIN", Text::ErrnoAgain},
    Meaning{"EOPNOTSUPP", Text::ErrnoOpNotSupp},
    Meaning{"EDESTADDRREQ", Text::ErrnoDestAddrReq},
    Meaning{"EALREADY", Text::ErrnoAlready},
    Meaning{"EINPROGRESS", Text::ErrnoInProgress},
    Meaning{"EACCES", Text::ErrnoAcces},
    Meaning{"ENOBUFS", Text::ErrnoNoBufs},
    Meaning{"EMFILE", Text::ErrnoMFile},
    Meaning{"EINTR", Text::ErrnoIntr},
    Meaning{"ENETUNREACH", Text::ErrnoNetUnreach},
    Meaning{"EHOSTUNREACH", Text::ErrnoHostUnreach},
    Meaning{"ENOPROTOOPT", Text::ErrnoNoProtoOpt},
    Meaning{"EAFNOSUPPORT", Text::ErrnoAfNoSupport},
};

}  // namespace

std::string errno_meaning(std::string_view name) {
    const auto* const found =
        std::find_if(kMeanings.begin(), kMeanings.end(),
                     [&](const Meaning& meaning) { return meaning.name == name; });
    return found == kMeanings.end() ? "" : say(found->text);
}

}  // namespace tcpstep::view
