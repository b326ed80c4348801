#include "app/view/kernel_words.hpp"

#include <chrono>
#include <vector>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

constexpr std::string_view kBetween = "  ";

void set_verdict(KernelWords& words, const Endpoint& end) {
    switch (end.agreement()) {
        case Agreement::NotSampled:
            break;
        case Agreement::Agrees:
            words.verdict = say(Text::KernelAgrees);
            words.agrees = true;
            words.verdict_colour = ColourRole::Syn;
            break;
        case Agreement::Differs:
            words.verdict =
                say(Text::KernelContradicts, name(end.state()), name(end.kernel()->state));
            words.alarm = true;
            words.verdict_colour = ColourRole::Rst;
            break;
        case Agreement::Stale:
            words.verdict = say(Text::KernelStale);
            break;
    }
}

// How long until the socket's timer fires.
std::string timer_text(const KernelInput& in, const SocketSampled& sample, KernelWords& words) {
    const Duration sampled = std::chrono::milliseconds(sample.timer_ms);
    const std::string timer = escaped(sample.timer);
    const auto at = in.index.sample_before(in.role, in.position);
    if (!in.now || !at) return say(Text::KernelTimer, timer, span_text(sampled));
    const Duration left = in.timeline.event(*at).time + sampled - *in.now;
    words.changes_in = until_shrunk(left);
    return say(Text::KernelTimer, timer, running_text(left));
}

// What there is to tell, the most telling first.
std::vector<std::string> parts_of(const KernelInput& in, const Connection& connection,
                                  KernelWords& words) {
    std::vector<std::string> parts;
    const std::optional<SocketSampled>& sample = connection.end(in.role).kernel();
    // A listener and its requests have queues of connections, not of octets.
    const bool listens = in.role == Role::Server && connection.listener && sample &&
                         (sample->state == State::Listen || sample->state == State::SynRcvd);
    if (!sample) {
        parts.push_back(say(Text::KernelNotSampled));
    } else {
        parts.emplace_back(name(sample->state));
        if (sample->state == State::Closed) {  // a socket that is gone has no queues
            parts.push_back(say(Text::KernelNoSocket));
        } else if (!listens) {
            parts.push_back(fmt::format("Recv-Q {}", sample->recv_q));
            parts.push_back(fmt::format("Send-Q {}", sample->send_q));
        }
        if (!sample->timer.empty()) parts.push_back(timer_text(in, *sample, words));
    }
    if (in.role == Role::Server && connection.listener) {
        const ListenerSampled& queues = *connection.listener;
        parts.push_back(
            say(Text::KernelQueues, queues.syn_queue, queues.accept_queue, queues.backlog));
    }
    if (!sample) return parts;
    if (sample->rto_us > 0) {
        parts.push_back(say(Text::KernelRto, span_text(std::chrono::microseconds(sample->rto_us))));
    }
    if (sample->retransmits > 0) {
        parts.push_back(
            say(counted(sample->retransmits, Text::KernelSentAgainOnce, Text::KernelSentAgain),
                sample->retransmits));
    }
    return parts;
}

}  // namespace

KernelWords kernel_words(const KernelInput& input) {
    const Connection& connection = input.timeline.at(input.position);
    KernelWords words;
    set_verdict(words, connection.end(input.role));
    words.sampled = connection.end(input.role).kernel().has_value();
    const auto fits = [&](TextStyle style, const std::string& line) {
        return !input.measure || input.measure(style, line) <= input.room;
    };
    for (const std::string& part : parts_of(input, connection, words)) {
        const bool open = words.second.empty();
        const std::string first =
            words.first.empty() ? part : fmt::format("{}{}{}", words.first, kBetween, part);
        if (words.first.empty() || (open && fits(TextStyle::Mono, first))) {
            words.first = first;
            continue;
        }
        std::string second = open ? part : fmt::format("{}{}{}", words.second, kBetween, part);
        if (!open && !fits(TextStyle::MonoSmall, second)) break;
        words.second = std::move(second);
    }
    return words;
}

}  // namespace tcpstep::view
