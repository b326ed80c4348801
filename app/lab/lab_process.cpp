#include "app/lab/lab_process.hpp"

#include <csignal>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/lab/channel.hpp"
#include "app/lab/laboratory.hpp"
#include "app/lab/wire.hpp"
#include "app/lesson/parse.hpp"
#include "capture/private_network.hpp"
#include "capture/tcp_settings.hpp"

namespace tcpstep::lab {

namespace {

// Everything that holding segments needs. Without it the lesson runs free.
Result<capture::SegmentGate> open_gate(Network network) {
    if (network == Network::Host) {
        return fail(ErrorKind::MachineForbids,
                    "segments are held in a private network only, and there is none here",
                    "run tcpstep doctor");
    }
    return capture::raise_tcp_patience().and_then([] { return capture::SegmentGate::open(); });
}

// What of lo belongs to the lesson: on the host others talk too.
std::string capture_filter(const lesson::Lesson& lesson, Network network) {
    const bool udp = speaks_udp(lesson);
    if (network == Network::Private) return udp ? "tcp or udp or icmp or icmp6" : "tcp";
    const std::string tcp_port = fmt::format("tcp port {}", lesson.server.port);
    if (!udp) return tcp_port;
    return fmt::format("{} or udp port {} or icmp or icmp6", tcp_port, lesson.server.port);
}

// What the lab needs of the machine; the private network must be entered before there is a second
// thread.
Result<void> run_command(RunCommand command, int channel, LineReader reader,
                         bool& no_private_network) {
    auto lesson = lesson::parse_lesson(command.lesson, "lesson", command.port);
    if (!lesson) return tl::make_unexpected(lesson.error());

    if (command.network == Network::Private) {
        if (auto entered = capture::enter_private_network(); !entered) {
            no_private_network = true;
            return entered;
        }
    }
    auto capture = capture::LiveCapture::open("lo", capture_filter(*lesson, command.network),
                                              capture::Marked::Ignored);
    if (!capture) return tl::make_unexpected(capture.error());
    auto diag = capture::SockDiag::open();
    if (!diag) return tl::make_unexpected(diag.error());
    std::optional<capture::SegmentGate> gate;
    if (command.gated.value_or(lesson->held)) {
        auto opened = open_gate(command.network);
        if (opened) {
            gate = std::move(*opened);
        } else {
            if (lesson->needs_gate) return tl::make_unexpected(opened.error());
            send_all(channel, to_line(Note(RunsFree{opened.error()})));
        }
    } else if (lesson->needs_gate) {
        return fail(
            ErrorKind::BadInput,
            fmt::format("lesson '{}' shows what can be seen only of held segments", lesson->id),
            "run it without --free");
    }
    // Never freed: the actors' threads refer to it until the process ends.
    auto* laboratory =
        new Laboratory(Equipment{channel, std::move(reader), std::move(command), std::move(*lesson),
                                 std::move(*capture), std::move(*diag), std::move(gate)});
    return laboratory->run();
}

}  // namespace

void run_lab(int channel) {
    prctl(PR_SET_NAME, "tcpstep-lab");  // for ps and top; it was started as /proc/self/exe
    std::signal(SIGPIPE, SIG_IGN);
    // Ctrl-C in the terminal is for the program; it decides what becomes of its lab.
    std::signal(SIGINT, SIG_IGN);
    bool no_private_network = false;
    std::string line;
    LineReader reader(channel);
    if (!reader.next(line)) _exit(2);
    const Result<void> result = parse_command(line).and_then([&](RunCommand command) {
        return run_command(std::move(command), channel, std::move(reader), no_private_network);
    });
    if (!result) send_all(channel, to_line(Note(Failure{result.error(), no_private_network})));
    // Not exit(): the actors' threads may still be inside their calls.
    _exit(result ? 0 : 1);
}

}  // namespace tcpstep::lab
