#pragma once

#include <string>
#include <vector>

#include "model/trace.hpp"

namespace tcpstep::testing {

/// Builds a trace as a free-running lab writes it, one line a fact, 10 µs apart.
class RunBuilder {
  public:
    static constexpr std::uint32_t kClientIss = 1720913139;
    static constexpr std::uint32_t kServerIss = 2927174067;

    explicit RunBuilder(bool gated = false, bool v6 = false);

    RunBuilder& later(model::Duration span);
    RunBuilder& call(model::Role role, const std::string& name,
                     std::vector<model::CallArgument> arguments = {});
    /// The end's oldest open call of that name returns.
    RunBuilder& returns(model::Role role, const std::string& name, std::int64_t result,
                        const std::string& error = {});
    /// `seq` and `ack` relative; the ACK flag is set unless it is a first SYN or `bare`.
    RunBuilder& send(model::Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                     std::uint32_t length = 0, std::vector<std::uint8_t> payload = {});
    /// Sends the segment `original` once more; the gate absorbs that.
    RunBuilder& absorbed(model::SegmentId original);
    /// Sends it once more, and that stands for itself.
    RunBuilder& again(model::SegmentId original);
    RunBuilder& held(model::SegmentId id, std::int64_t pass_ms = 0);
    RunBuilder& held_back(model::SegmentId id, model::SegmentId behind);
    /// The copy, and what is injected, get the next id.
    RunBuilder& duplicated(model::SegmentId id);
    RunBuilder& injected(model::Role from, std::uint16_t flags, std::uint32_t seq);
    RunBuilder& delivered(model::SegmentId id);
    RunBuilder& dropped(model::SegmentId id);
    RunBuilder& sample(model::Role role, model::State state, std::uint32_t send_q = 0,
                       const std::string& timer = {}, std::int64_t timer_ms = 0);
    RunBuilder& fact(model::Fact fact, bool of_connection = false);

    /// Of the next fact.
    model::Time now() const { return now_; }

    model::Trace trace;

  private:
    void add(model::Fact fact, bool of_connection);
    model::Segment segment(model::Role from, std::uint16_t flags, std::uint32_t seq,
                           std::uint32_t ack, std::uint32_t length);
    model::Segment sent_again(model::SegmentId original);

    bool v6_;
    model::ConnectionId id_;
    model::Time now_;
    model::CallId next_call_ = 1;
    model::SegmentId next_segment_ = 1;
    std::vector<model::CallEntered> open_;
};

/// socket() to close(): handshake, five octets there and back, a close of four segments.
model::Trace whole_run(bool v6 = false);
/// A gated handshake whose SYN-ACK is in flight.
model::Trace held_handshake();
/// The same, sent again three times by the client (the SYN) and twice by the server.
model::Trace impatient_handshake();
/// A gated run in which everything happens that a gate can do: data that is reordered, duplicated
/// and lost, a copy that must stand for itself, slow motion, a reset.
model::Trace busy_wire();

}  // namespace tcpstep::testing
