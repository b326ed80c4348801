#include "app/view/kernel_words.hpp"

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

void set_verdict(KernelWords& words, Agreement agreement) {
    switch (agreement) {
        case Agreement::NotSampled:
            break;
        case Agreement::Agrees:
            words.verdict = say(Text::KernelAgrees);
            words.agrees = true;
            words.verdict_colour = ColourRole::Syn;
            break;
        case Agreement::Differs:
            words.verdict = say(Text::KernelDiffers);
            words.verdict_colour = ColourRole::Rst;
            break;
        case Agreement::Stale:
            words.verdict = say(Text::KernelStale);
            break;
    }
}

void append(std::string& line, const std::string& part) {
    if (!line.empty()) line += "  ";
    line += part;
}

}  // namespace

KernelWords kernel_words(const Connection& connection, Role role) {
    const Endpoint& end = connection.end(role);
    KernelWords words;
    if (const std::optional<SocketSampled>& sample = end.kernel()) {
        set_verdict(words, end.agreement());
        words.first = std::string(name(sample->state));
        // A socket that is gone has no queues.
        if (sample->state == State::Closed) {
            words.first += "  " + say(Text::KernelNoSocket);
        } else {
            words.first += fmt::format("  Recv-Q {}  Send-Q {}", sample->recv_q, sample->send_q);
        }
        if (!sample->timer.empty()) {
            append(words.second, say(Text::KernelTimer, escaped(sample->timer),
                                     span_text(std::chrono::milliseconds(sample->timer_ms))));
        }
        if (sample->retransmits > 0) {
            append(words.second, say(Text::KernelRetransmits, sample->retransmits));
        }
    } else {
        words.first = say(Text::KernelNotSampled);
    }
    if (role == Role::Server && connection.listener) {
        append(words.second, say(Text::KernelQueues, connection.listener->syn_queue,
                                 connection.listener->accept_queue, connection.listener->backlog));
    }
    return words;
}

}  // namespace tcpstep::view
