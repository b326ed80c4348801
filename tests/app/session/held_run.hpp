#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/session/scripted_source.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::testing {

inline constexpr session::Moment kNow = session::Moment(std::chrono::seconds(1000));

using Orders = std::vector<lab::GateCommand>;

/// A held run of one lesson. What the lab says next is added by the test; it is heard with hear().
class HeldRun {
  public:
    // The SYN is held.
    HeldRun() : script(std::make_shared<Script>()), session(setup_with(script)), lab(true) {
        session.open_lesson("four-way-close");
        const model::Role client = model::Role::Client;
        lab.call(client, "socket").returns(client, "socket", 5).call(client, "connect");
        hold(client, model::Flags::kSyn, 0, 0);
        hear();
    }

    void hold(model::Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack) {
        lab.send(from, flags, seq, ack).fact(model::SegmentHeld{++last}, true);
    }
    void slow(model::Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack) {
        lab.send(from, flags, seq, ack).fact(model::SegmentHeld{++last, 400}, true);
    }
    // What was said arrives, and nothing more will by itself.
    void hear(bool settled = true) {
        script->trace = lab.trace;
        script->settled = settled;
        arrive(session, *script, script->trace.events().size());
    }
    void press(const session::Command& command) { session.apply(command, kNow); }
    std::string toast() const { return session.toast() ? session.toast()->text : ""; }
    // The commands since the last call.
    Orders told() { return std::exchange(script->commands, {}); }

    std::shared_ptr<Script> script;
    session::Session session;
    RunBuilder lab;
    model::SegmentId last = 0;
};

}  // namespace tcpstep::testing
