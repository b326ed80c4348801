#include "tests/live/performance.hpp"

#include <gtest/gtest.h>

#include "app/lesson/library.hpp"
#include "app/lesson/parse.hpp"
#include "model/qlog/event_name.hpp"

namespace tcpstep::lab::testing {

using model::ConnectionIndex;
using model::Role;

lesson::Lesson shipped(const std::string& id) {
    auto lesson = lesson::find_lesson(id);
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

lesson::Lesson over_ipv6(const std::string& id) {
    std::string text = shipped(id).source;
    const std::string v4 = "127.0.0.1:";
    for (std::size_t at = text.find(v4); at != std::string::npos; at = text.find(v4)) {
        text.replace(at, v4.size(), "[::1]:");
    }
    return *lesson::parse_lesson(text, id);
}

namespace {

std::string segment_words(const model::Event& event) {
    struct Words {
        std::string operator()(const model::SegmentSent& f) const {
            return sent(f.segment) + (f.copy_of != 0 ? " absorbed, copy of " + id(f.copy_of) : "");
        }
        std::string operator()(const model::SegmentInjected& f) const { return sent(f.segment); }
        std::string operator()(const model::SegmentHeld& f) const { return id(f.id); }
        std::string operator()(const model::SegmentHeldBack& f) const {
            return id(f.id) + " behind " + id(f.behind);
        }
        std::string operator()(const model::SegmentDelivered& f) const { return id(f.id); }
        std::string operator()(const model::SegmentDropped& f) const { return id(f.id); }
        std::string operator()(const model::SegmentDuplicated& f) const {
            return id(f.id) + " as " + id(f.copy);
        }
        std::string operator()(const model::CallEntered& f) const {
            return std::string(name(f.endpoint)) + " " + f.call;
        }
        std::string operator()(const model::CallReturned& f) const {
            return std::string(name(f.endpoint)) + " " + f.call + " = " + std::to_string(f.result) +
                   " " + f.error + " " + f.value;
        }
        std::string operator()(const model::DatagramSent& f) const {
            return to_string(f.source) + " to " + to_string(f.destination) + " len " +
                   std::to_string(f.length);
        }
        std::string operator()(const model::IcmpErrorSent& f) const {
            return std::to_string(f.type) + "/" + std::to_string(f.code) + " about " +
                   to_string(f.destination);
        }
        std::string operator()(const model::SocketSampled& f) const {
            return std::string(name(f.endpoint)) + " " + std::string(name(f.state)) + " recv_q " +
                   std::to_string(f.recv_q) + " send_q " + std::to_string(f.send_q) + " timer " +
                   f.timer + " again " + std::to_string(f.retransmits);
        }
        std::string operator()(const model::ListenerSampled& f) const {
            return "accept " + std::to_string(f.accept_queue) + "/" + std::to_string(f.backlog) +
                   " syn " + std::to_string(f.syn_queue);
        }
        std::string operator()(const model::Marker& f) const { return f.type + ": " + f.message; }
        std::string operator()(const model::Scenario& f) const { return f.lesson; }
        std::string operator()(const model::SegmentsLost& f) const { return id(0 * f.total); }
        std::string operator()(const model::PredictionChecked& f) const { return f.answer; }
        std::string operator()(const model::ClaimChecked& f) const {
            return f.claim + (f.holds ? " holds" : " does not hold");
        }
        std::string operator()(const model::Unrecognized& f) const { return f.name; }

        static std::string id(std::uint64_t number) { return "#" + std::to_string(number); }
        static std::string sent(const model::Segment& s) {
            return id(s.id) + " " + std::string(name(s.from)) + " " + to_label(s.flags) + " seq " +
                   std::to_string(s.seq.raw()) + " ack " + std::to_string(s.ack.raw()) + " len " +
                   std::to_string(s.length);
        }
    };
    return std::visit(Words{}, event.fact);
}

}  // namespace

model::Timeline Story::timeline(ConnectionIndex connection) const {
    return model::Timeline(trace,
                           trace.connections().empty() ? std::nullopt : std::optional(connection));
}

std::string Story::states(Role role, ConnectionIndex connection) const {
    std::string text;
    const model::Timeline line = timeline(connection);
    for (std::size_t i = 0; i < line.size(); ++i) {
        for (const auto& change : line.effects(i).changes) {
            if (change.endpoint != role) continue;
            text += (text.empty() ? "" : " ") + std::string(name(change.change.to));
        }
    }
    return text;
}

std::string Story::kernel_states(Role role, ConnectionIndex connection) const {
    std::string text;
    std::string last;
    const model::Timeline line = timeline(connection);
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto* sample = std::get_if<model::SocketSampled>(&line.event(i).fact);
        if (sample == nullptr || sample->endpoint != role || name(sample->state) == last) continue;
        last = name(sample->state);
        text += (text.empty() ? "" : " ") + last;
    }
    return text;
}

std::string Story::flags(ConnectionIndex connection) const {
    std::string text;
    const model::Timeline line = timeline(connection);
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto* sent = std::get_if<model::SegmentSent>(&line.event(i).fact);
        if (sent != nullptr && sent->copy_of == 0) text += to_label(sent->segment.flags) + "; ";
    }
    return text;
}

std::string Story::disagreements() const {
    std::string text;
    for (std::size_t c = 0; c < trace.connections().size(); ++c) {
        const model::Timeline line = timeline(static_cast<ConnectionIndex>(c));
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (!line.effects(i).disagreement) continue;
            const auto& sample = std::get<model::SocketSampled>(line.event(i).fact);
            text += "connection " + std::to_string(c) + ", event " + std::to_string(i) + ": the " +
                    std::string(name(sample.endpoint)) + " is " + std::string(name(sample.state)) +
                    " to the kernel, " +
                    std::string(name(line.at(i + 1).end(sample.endpoint).state())) +
                    " to the model\n";
        }
    }
    return text;
}

std::int64_t Story::received(Role role) const {
    std::int64_t octets = 0;
    for (const model::Event& event : trace.events()) {
        const auto* call = std::get_if<model::CallReturned>(&event.fact);
        if (call != nullptr && call->call == "recv" && call->endpoint == role && call->result > 0) {
            octets += call->result;
        }
    }
    return octets;
}

std::string Story::text() const {
    std::string text = "error: " + error.line() + "\n";
    for (const model::Event& event : trace.events()) {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(
            event.time - trace.events().front().time);
        text += std::to_string(us.count()) + " us  [" +
                (event.connection ? std::to_string(*event.connection) : "-") + "] " +
                std::string(model::qlog::event_name(event.fact)) + " " + segment_words(event) +
                "\n";
    }
    return text + disagreements();
}

Performance::Performance(const lesson::Lesson& lesson, LabOptions options) {
    auto run = LabRun::start(lesson, options);
    if (!run) {
        error = run.error();
        status = LabRun::Status::Failed;
        return;
    }
    while (status == LabRun::Status::Running) status = run->wait(trace);
    if (status == LabRun::Status::Failed) error = run->error();
}

SteppedRun::SteppedRun(const lesson::Lesson& lesson, LabOptions options) {
    if (!options.gated) options.gated = true;
    options.automatic = false;
    auto run = LabRun::start(lesson, options);
    EXPECT_TRUE(run) << run.error().line();
    run_.emplace(std::move(*run));
}

bool SteppedRun::wait() {
    if (status_ != LabRun::Status::Running) return false;
    status_ = run_->wait(trace);
    if (status_ == LabRun::Status::Failed) error = run_->error();
    return status_ == LabRun::Status::Running;
}

bool SteppedRun::catch_up() {
    if (status_ == LabRun::Status::Running) status_ = run_->drain(trace);
    return settle();
}

bool SteppedRun::settle() {
    while (status_ == LabRun::Status::Running && !run_->settled()) wait();
    return status_ == LabRun::Status::Running;
}

const model::Connection& SteppedRun::connection(ConnectionIndex index) {
    if (timelines_.size() != trace.connections().size()) timelines_.clear();
    if (timelines_.empty()) {
        timelines_.emplace_back(timeline(0));
        for (std::size_t i = 1; i < trace.connections().size(); ++i) {
            timelines_.emplace_back(timeline(static_cast<ConnectionIndex>(i)));
        }
    }
    model::Timeline& line = timelines_.at(index);
    line.catch_up();
    return line.at(line.size());
}

model::SegmentId SteppedRun::next(ConnectionIndex index) {
    const model::InFlight* held = next_held(connection(index));
    return held == nullptr ? 0 : held->segment.id;
}

model::SegmentId SteppedRun::next() {
    std::pair<bool, model::SegmentId> first{true, 0};
    for (std::size_t i = 0; i < trace.connections().size(); ++i) {
        const model::InFlight* held = next_held(connection(static_cast<ConnectionIndex>(i)));
        if (held == nullptr) continue;
        const std::pair rank{held->held_back, held->segment.id};
        if (first.second == 0 || rank < first) first = rank;
    }
    return first.second;
}

std::string SteppedRun::next_flags() {
    const model::InFlight* held = next_held(connection());
    return held == nullptr ? "nothing" : to_label(held->segment.flags);
}

std::string SteppedRun::state(Role role) {
    const model::Endpoint& end = connection().end(role);
    std::string text(name(end.state()));
    if (!end.kernel()) return text + " (kernel: not asked)";
    if (end.kernel()->state == end.state()) return text;
    return text + " (kernel: " + std::string(name(end.kernel()->state)) + ")";
}

std::string SteppedRun::call(Role role, const std::string& name) const {
    std::string state = "not called";
    for (const model::Event& event : trace.events()) {
        if (const auto* entered = std::get_if<model::CallEntered>(&event.fact);
            entered != nullptr && entered->endpoint == role && entered->call == name) {
            state = "blocked";
        }
        if (const auto* returned = std::get_if<model::CallReturned>(&event.fact);
            returned != nullptr && returned->endpoint == role && returned->call == name) {
            state = returned->error.empty() ? "returned " + std::to_string(returned->result)
                                            : returned->error;
        }
    }
    return state;
}

bool SteppedRun::deliver() {
    run_->command(Deliver{next()});
    return settle();
}

bool SteppedRun::drop() {
    run_->command(Drop{next()});
    return settle();
}

void SteppedRun::deliver_all(int most) {
    for (int i = 0; i < most && settle(); ++i) {
        if (next() == 0) {
            // A timer of the kernel must fire, or the lab finds that nothing more can happen.
            wait();
        } else {
            deliver();
        }
    }
}

}  // namespace tcpstep::lab::testing
