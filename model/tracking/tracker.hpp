#pragma once

#include <array>
#include <vector>

#include "model/segment_summary.hpp"
#include "model/tracked_change.hpp"
#include "model/tracking/end.hpp"
#include "model/tracking/sender.hpp"

namespace tcpstep::model::tracking {

/// Infers the states of both ends of one connection from captured segments alone, where nobody
/// tells which of them arrived: a segment was captured on its way, its receiver may never have got
/// it. What an end sends afterwards shows what had reached it; so a change may be told, moved or
/// taken back when later segments show better. Where deliveries and calls are facts, apply() is
/// used instead (connection.hpp).
class Tracker {
  public:
    /// `self_connected`: both ends are one socket (simultaneous open with itself, RFC 9293 3.5);
    /// all segments are then from the Client, and the changes are told of the Client alone.
    explicit Tracker(bool self_connected = false) : self_connected_(self_connected) {}

    /// The next captured segment of the connection.
    void take(const SegmentSummary& segment);

    /// The capture went on until then, of other connections if not of this one, and had nothing
    /// more: what is still open is decided by what is likeliest.
    void finish(Time capture_ended);

    /// That end opens, or answers, a new connection between the same addresses after the last
    /// segment: its socket of this one is gone.
    void give_way(Role endpoint);

    /// For anything but a SYN, a FIN or a RST, note() does what take() does.
    bool quiet() const { return settled_ && !began_before_ && !self_connected_; }
    /// It asks for less of the tracker: in a big capture, that has to be fetched from memory.
    void note(const SegmentSummary& segment);

    /// Begins to fetch what note() asks for, or take().
    void fetch(bool quiet) const;

    /// The changes of both ends as known by now, in the order in which they were made: ascending
    /// by `after`.
    std::vector<TrackedChange> changes() const;

  private:
    static std::size_t index(Role role) { return role == Role::Client ? 0 : 1; }
    End& end(Role role) { return ends_[index(role)]; }
    const End& end(Role role) const { return ends_[index(role)]; }
    Sender& sender(Role role) { return senders_[index(role)]; }
    Role receiver(Role from) const { return self_connected_ ? from : peer(from); }
    View view(Role role) const;

    bool is_foreign(const SegmentSummary& segment);
    void note(const SegmentSummary& segment, const Sender& other);
    void measure(const SegmentSummary& segment, const Sender& other);
    void note_idle(const SegmentSummary& segment);
    void prove_beginnings();
    std::vector<TrackedChange> changes_of(Role role) const;

    std::array<Sender, 2> senders_;
    bool settled_ = false;       // nothing but a SYN, a FIN or a RST can move an end
    bool began_before_ = false;  // an end is taken for established, which is not proved yet
    bool self_connected_;
    bool begun_ = false;
    bool finished_ = false;
    Role first_ = Role::Client;  // to send a segment
    std::array<End, 2> ends_;
};

}  // namespace tcpstep::model::tracking
