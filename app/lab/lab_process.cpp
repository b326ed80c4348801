#include "app/lab/lab_process.hpp"

#include <csignal>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "app/lab/channel.hpp"
#include "app/lab/laboratory.hpp"
#include "app/lab/wire.hpp"
#include "app/lesson/parse.hpp"
#include "capture/private_network.hpp"

namespace tcpstep::lab {

namespace {

// What the lab needs of the machine; the private network must be entered before there is a second
// thread.
Result<void> run_command(const RunCommand& command, int channel, bool& no_private_network) {
    auto lesson = lesson::parse_lesson(command.lesson, "lesson");
    if (!lesson) return tl::make_unexpected(lesson.error());
    if (lesson->held) {
        return fail(
            ErrorKind::MachineForbids,
            fmt::format("lesson '{}' holds its segments, which this version cannot do", lesson->id),
            "set \"segments\" to \"free\" to run it at the kernel's own speed");
    }
    if (command.port) lesson->server.port = *command.port;

    if (command.network == Network::Private) {
        if (auto entered = capture::enter_private_network(); !entered) {
            no_private_network = true;
            return entered;
        }
    }
    auto capture =
        capture::LiveCapture::open("lo", fmt::format("tcp port {}", lesson->server.port));
    if (!capture) return tl::make_unexpected(capture.error());
    auto diag = capture::SockDiag::open();
    if (!diag) return tl::make_unexpected(diag.error());
    // Never freed: the actors' threads refer to it until the process ends.
    auto* laboratory = new Laboratory(channel, std::move(*lesson), command.network,
                                      std::move(*capture), std::move(*diag));
    return laboratory->run();
}

}  // namespace

void run_lab(int channel) {
    std::signal(SIGPIPE, SIG_IGN);
    // Ctrl-C in the terminal is for the program; it decides what becomes of its lab.
    std::signal(SIGINT, SIG_IGN);
    bool no_private_network = false;
    std::string line;
    if (!LineReader(channel).next(line)) _exit(2);
    const Result<void> result = parse_command(line).and_then([&](const RunCommand& command) {
        return run_command(command, channel, no_private_network);
    });
    if (!result) send_all(channel, to_line(Failure{result.error(), no_private_network}));
    // Not exit(): the actors' threads may still be inside their calls.
    _exit(result ? 0 : 1);
}

}  // namespace tcpstep::lab
