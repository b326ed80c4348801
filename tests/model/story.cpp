#include "tests/model/story.hpp"

#include <utility>

#include "model/timeline.hpp"

namespace tcpstep::model::testing {

Flags flags_of(const std::string& letters) {
    std::uint16_t bits = 0;
    for (char letter : letters) {
        switch (letter) {
            case 'S':
                bits |= Flags::kSyn;
                break;
            case 'A':
                bits |= Flags::kAck;
                break;
            case 'F':
                bits |= Flags::kFin;
                break;
            case 'R':
                bits |= Flags::kRst;
                break;
            case 'P':
                bits |= Flags::kPsh;
                break;
            default:
                break;
        }
    }
    return Flags(bits);
}

Story::Story(std::uint32_t client_isn, std::uint32_t server_isn)
    : client_isn_(client_isn), server_isn_(server_isn) {
    connection_ = trace_.intern(
        {*parse_socket_address("127.0.0.1:43512"), *parse_socket_address("127.0.0.1:8000")});
}

Story& Story::fact(Fact fact) {
    clock_ += 1000;
    const bool about_all = std::holds_alternative<Scenario>(fact) ||
                           std::holds_alternative<CallEntered>(fact) ||
                           std::holds_alternative<CallReturned>(fact);
    trace_.append({Time(Duration(clock_)), about_all ? std::nullopt : std::optional(connection_),
                   std::move(fact)});
    return *this;
}

Story& Story::clock(std::uint32_t timestamp, std::uint32_t echo) {
    timestamps_ = Timestamps{timestamp, echo};
    return *this;
}

Story& Story::wait(Duration duration) {
    clock_ += duration.count();
    return *this;
}

Story& Story::call(Role role, const std::string& call, std::vector<CallArgument> arguments,
                   Process process) {
    const CallId id = next_call_++;
    const auto append = [this](Fact one) {
        clock_ += 1000;
        trace_.append({Time(Duration(clock_)), connection_, std::move(one)});
    };
    append(CallEntered{id, role, call, std::move(arguments), process});
    CallReturned returned{id, role, call, 0, ""};
    returned.process = process;
    append(std::move(returned));
    return *this;
}

Story& Story::lab(bool gated) {
    Scenario scenario;
    scenario.lesson = "story";
    scenario.lab = true;
    scenario.gated = gated;
    return fact(scenario);
}

Story& Story::listen() {
    const CallId id = next_call_++;
    fact(CallEntered{
        id, Role::Server, "listen", {{"fd", std::int64_t{3}}, {"backlog", std::int64_t{10}}}});
    return fact(CallReturned{id, Role::Server, "listen", 0, ""});
}

Story& Story::close_listener() {
    const CallId id = next_call_++;
    fact(CallEntered{id, Role::Server, "close", {{"fd", std::int64_t{3}}}});
    return fact(CallReturned{id, Role::Server, "close", 0, ""});
}

Story& Story::send(Role from, const std::string& flags, std::uint32_t seq, std::uint32_t ack,
                   std::uint32_t length) {
    const bool from_client = from == Role::Client;
    Segment segment;
    segment.id = next_segment_++;
    segment.from = from;
    segment.flags = flags_of(flags);
    segment.seq = SeqNum(from_client ? client_isn_ : server_isn_) + seq;
    if (segment.flags.ack()) segment.ack = SeqNum(from_client ? server_isn_ : client_isn_) + ack;
    segment.length = length;
    segment.window = 512;
    if (timestamps_) segment.options = {*timestamps_};
    return fact(SegmentSent{segment});
}

Story& Story::handshake() {
    return client("S", 0).server("SA", 0, 1).client("A", 1, 1);
}

Story& Story::four_way_close() {
    return client("FA", 1, 1).server("A", 1, 2).server("FA", 1, 2).client("A", 2, 2);
}

std::string Story::states(Role role) const {
    const Timeline timeline(trace_, connection_);
    std::string text;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        for (const Effects::Change& change : timeline.effects(i).changes) {
            if (change.endpoint != role) continue;
            if (!text.empty()) text += ' ';
            text += name(change.change.to);
        }
    }
    return text;
}

Connection Story::result() const {
    const Timeline timeline(trace_, connection_);
    return timeline.at(timeline.size());
}

}  // namespace tcpstep::model::testing
