#include "app/doctor/private_probe.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "app/strings/strings.hpp"
#include "capture/live_capture.hpp"
#include "capture/private_network.hpp"
#include "capture/segment_gate.hpp"

namespace tcpstep::doctor {

namespace {

using nlohmann::json;

constexpr unsigned kPatienceSeconds = 10;

template <class T>
Refusal refusal(const Result<T>& result) {
    if (result) return std::nullopt;
    return result.error();
}

Error refused(std::string what, int os_errno = 0) {
    return {ErrorKind::MachineForbids, std::move(what), {}, os_errno};
}

// What the child tells its parent, as one JSON value.

json to_json(const Refusal& refusal) {
    if (!refusal) return nullptr;
    return {{"what", refusal->what}, {"remedy", refusal->remedy}, {"errno", refusal->os_errno}};
}

Refusal refusal_from(const json& value) {
    if (value.is_null()) return std::nullopt;
    return Error{ErrorKind::MachineForbids, value.at("what"), value.at("remedy"),
                 value.at("errno")};
}

std::string written(const PrivateNetworkFacts& facts) {
    const json value = {{"entered", to_json(facts.entered)},
                        {"capture", to_json(facts.capture)},
                        {"gate", to_json(facts.gate)},
                        {"gate_program", facts.gate_program}};
    // What a program printed need not be UTF-8.
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

PrivateNetworkFacts read_back(const std::string& text) {
    PrivateNetworkFacts facts;
    const json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) {  // it was killed, by us if it took too long
        facts.entered = refused(std::string(strings::text(strings::Text::DoctorProbeDied)));
        return facts;
    }
    facts.entered = refusal_from(value.at("entered"));
    facts.capture = refusal_from(value.at("capture"));
    facts.gate = refusal_from(value.at("gate"));
    facts.gate_program = value.at("gate_program");
    return facts;
}

PrivateNetworkFacts look_around() {
    PrivateNetworkFacts facts;
    facts.entered = refusal(capture::enter_private_network());
    if (facts.entered) return facts;
    facts.capture = refusal(capture::LiveCapture::open("lo"));
    const auto gate = capture::SegmentGate::open();
    facts.gate = refusal(gate);
    if (gate) facts.gate_program = gate->rule_program();
    return facts;
}

[[noreturn]] void run_child(int answer) {
    ::signal(SIGALRM, SIG_DFL);
    ::alarm(kPatienceSeconds);
    const std::string text = written(look_around());
    const ssize_t count = ::write(answer, text.data(), text.size());
    // Without the parent's exit handlers and buffers, which are not the child's to run.
    ::_exit(count == static_cast<ssize_t>(text.size()) ? 0 : 1);
}

std::string read_all(int file) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t count = ::read(file, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return text;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

PrivateNetworkFacts probe_private_network() {
    PrivateNetworkFacts facts;
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        facts.entered = refused(std::string("pipe: ") + std::strerror(errno), errno);
        return facts;
    }
    const pid_t child = ::fork();
    if (child == 0) run_child(pipe[1]);
    const int os_errno = errno;
    ::close(pipe[1]);
    if (child < 0) {
        facts.entered = refused(std::string("fork: ") + std::strerror(os_errno), os_errno);
    } else {
        facts = read_back(read_all(pipe[0]));
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    ::close(pipe[0]);
    return facts;
}

}  // namespace tcpstep::doctor
