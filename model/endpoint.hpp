#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/event.hpp"
#include "model/machine.hpp"
#include "model/receive_sequence.hpp"
#include "model/segment.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::model {

/// One state change of one endpoint, and the edge of the machine that made it.
struct StateChange {
    State from = State::Unknown;
    State to = State::Unknown;
    /// The edge taken; nullptr where no edge was taken: the state was only proved by what was seen
    /// (UNKNOWN to ESTABLISHED in a capture that starts in the middle).
    const Transition* edge = nullptr;

    bool operator==(const StateChange&) const = default;
};

/// How the inferred state compares with the kernel's own.
enum class Agreement : std::uint8_t {
    NotSampled,  ///< the kernel was not asked
    Agrees,
    Differs,
    Stale,  ///< something happened after the last sample
};

/// One end of a connection, in one of two modes. Where deliveries and calls are facts it infers
/// the state that the kernel's socket must be in from what it sent, what reached it and what its
/// process called (RFC 9293 3.10); every change goes through kMachine. Of a capture nobody knows
/// what arrived: then facts move its numbers only, and a Tracker tells the states.
class Endpoint {
  public:
    State state() const { return state_; }
    /// When that state was entered; the epoch if it was never changed.
    Time since() const { return since_; }
    Opened opened() const { return opened_; }

    /// The variables of RFC 9293 3.3.1; nothing until a segment has told them.
    std::optional<SeqNum> iss() const { return iss_; }
    std::optional<SeqNum> irs() const;
    std::optional<SeqNum> snd_una() const;
    std::optional<SeqNum> snd_nxt() const;
    std::optional<SeqNum> rcv_nxt() const;
    /// The number of its FIN, if it has sent one.
    std::optional<SeqNum> fin() const { return fin_sent_; }
    /// Octets of data that have reached it in order, modulo 2^32; 0 where IRS is not known.
    std::uint32_t octets_received() const;

    /// What the kernel last said of this end's socket, if it was asked.
    const std::optional<SocketSampled>& kernel() const { return kernel_; }
    Agreement agreement() const { return agreement_; }

    // What can happen to an endpoint. Each returns the changes it made, in order; mostly none.
    using Changes = std::vector<StateChange>;

    /// Which mode: it begins with the states being told.
    bool infers() const { return infers_; }
    void set_infers(bool infers) { infers_ = infers; }
    /// A Tracker tells the next state; only where this end does not infer.
    void told(State to);

    /// No socket exists yet (a lab run begins): UNKNOWN becomes CLOSED.
    Changes begin_closed();
    /// This end's process succeeded with listen().
    Changes listened();
    /// The process closed its listener before any connection came.
    Changes closed_listener();
    /// The process succeeded with close() or shutdown(SHUT_WR) on this connection. RFC 9293 3.10.4:
    /// the state moves at once, though the FIN may have to wait behind data.
    Changes closed();
    /// The same close() with SO_LINGER of 0 seconds. Where that sends a RST, sent() ends this end.
    Changes aborted();
    /// connect() or a later call failed with ETIMEDOUT: the retransmission timer gave up.
    Changes timed_out();
    /// 2 MSL have passed: TIME_WAIT becomes CLOSED.
    Changes time_wait_ended();
    /// This end sent `segment`.
    Changes sent(const Segment& segment);
    /// The peer's `segment` reached this end.
    Changes received(const Segment& segment);
    /// The same, where a SYN is answered with a cookie: this end stays in LISTEN and keeps nothing.
    Changes received_by_cookies(const Segment& segment);
    /// It is a request of a listener, and `segment` an ACK without data that would open it.
    bool completes_handshake(const Segment& segment) const;
    /// Such an ACK reached this end and was dropped, but for its timestamp.
    void dropped_third(const Segment& segment) { take_timestamp(segment); }
    /// It has answered a SYN with a cookie that nobody has brought back yet.
    bool awaits_cookie() const { return cookie_.has_value(); }
    /// When the changes were made that one of the others returned.
    void entered_at(Time time) { since_ = time; }
    /// The kernel was asked; never changes the inferred state.
    void sampled(const SocketSampled& sample);

    /// The earlier segment of this end that `segment` sends again, 0 if it is new, or so old that
    /// it is forgotten. One that was acknowledged already counts, too: that acknowledgment may be
    /// lost (Wireshark: a spurious retransmission). Ask before telling sent().
    SegmentId retransmission_of(const Segment& segment) const;

    bool operator==(const Endpoint&) const = default;

  private:
    void move(Changes& changes, On on);
    void prove(Changes& changes, State state);
    void enter(State state);
    void take_syn(SeqNum seq, std::optional<std::uint32_t> sent_at);
    void take_numbers(const Segment& segment);
    void note_sent(const Segment& segment);
    void take_own_ack(SeqNum ack);
    bool takes_cookie(const Segment& segment) const;
    void open_by_cookie(Changes& changes);
    void take_acceptable(Changes& changes, const Segment& segment);
    Changes received_in_syn_sent(const Segment& segment);
    Changes received_rst(const Segment& segment);
    void take_ack(Changes& changes, SeqNum ack);
    bool fails_paws(const Segment& segment) const;
    void take_timestamp(const Segment& segment);

    static constexpr std::size_t kMostUnacknowledged = 1024;
    /// All that Linux may send before the first answer (RFC 6928: ten segments).
    static constexpr std::size_t kMostAcknowledged = 10;

    /// A segment that took sequence space.
    struct SentRange {
        SegmentId id;
        SeqNum seq;
        SeqNum end;
        bool bare_syn;  // a SYN without ACK: the SYN,ACK of a simultaneous open is none
        bool operator==(const SentRange&) const = default;
    };

    bool infers_ = false;
    State state_ = State::Unknown;
    Time since_;
    Opened opened_ = Opened::Either;
    std::optional<SeqNum> iss_;
    SeqNum snd_una_;
    SeqNum snd_nxt_;
    bool send_known_ = false;         // snd_una_ and snd_nxt_ mean something
    std::optional<SeqNum> fin_sent_;  // sequence number of our FIN
    std::optional<ReceiveSequence> receive_;
    std::optional<SeqNum> last_ack_sent_;     // Last.ACK.sent of RFC 7323 4.3; Linux: rcv_wup
    std::optional<std::uint32_t> ts_recent_;  // TS.Recent of RFC 7323 4.3
    bool initial_received_ = false;           // receive_ began with the peer's SYN
    std::vector<SentRange> sent_;             // oldest first; at most so many
    std::size_t acknowledged_ = 0;            // of these, the first
    /// A SYN and its answer, which stand in the segments alone and not in the kernel.
    struct Cookie {
        SeqNum irs;
        std::optional<std::uint32_t> sent_at;  // the SYN's TSval
        std::optional<SeqNum> iss;             // once it is answered
        bool operator==(const Cookie&) const = default;
    };
    std::optional<Cookie> cookie_;
    std::optional<SocketSampled> kernel_;
    Agreement agreement_ = Agreement::NotSampled;
};

}  // namespace tcpstep::model
