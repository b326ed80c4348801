#include "app/watch/opening.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <net/if.h>

#include "capture/privileges.hpp"

namespace tcpstep::watch {

namespace {

// As the user needs it: which program, where it is.
Error with_remedy(Error error) {
    if (error.os_errno != EPERM) return error;
    std::error_code unknown;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    if (!unknown) error.remedy = fmt::format("sudo setcap cap_net_raw+ep {}", program.string());
    return error;
}

}  // namespace

Result<Opened> open(const Subject& subject, const std::function<Result<void>()>& privileged) {
    // Alone first: the error then names what the user wrote.
    auto capture = capture::LiveCapture::open(subject.interface,
                                              subject.filter.empty() ? "tcp" : subject.filter);
    if (!capture) return tl::make_unexpected(with_remedy(capture.error()));
    if (!subject.filter.empty()) {
        auto only_tcp = capture::LiveCapture::open(subject.interface,
                                                   fmt::format("tcp and ({})", subject.filter));
        if (!only_tcp) return tl::make_unexpected(with_remedy(only_tcp.error()));
        *capture = std::move(*only_tcp);
    }
    if (privileged) {
        if (auto done = privileged(); !done) return tl::make_unexpected(done.error());
    }
    if (auto given_up = capture::give_up_privileges(); !given_up)
        return tl::make_unexpected(given_up.error());
    auto kernel = Kernel::open();
    if (!kernel) return tl::make_unexpected(kernel.error());
    return Opened{std::move(*capture), std::move(*kernel),
                  ::if_nametoindex(subject.interface.c_str())};
}

}  // namespace tcpstep::watch
