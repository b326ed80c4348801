#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/lab/gate_command.hpp"
#include "capture/decoded.hpp"
#include "model/event.hpp"

namespace tcpstep::lab {

/// A segment between its sender and its receiver, stopped at the gate.
struct Aloft {
    model::SegmentId id = 0;
    capture::Packet packet;
    /// Its number in the kernel's queue; nothing if it is a copy or a RST of ours, to be injected.
    std::optional<std::uint32_t> number;
    std::vector<std::uint8_t> bytes;  ///< the whole IP packet
    model::SegmentId copy_of = 0;     ///< absorbed: see model::SegmentSent
    /// In slow motion: when it goes on by itself.
    std::optional<model::Time> passes_at;
    model::Time sent{};    ///< when it was captured; injected ones leave it out
    model::Time since;     ///< when it stopped, or stood for itself
    bool yields = false;   ///< held back: lets the next one overtake
    bool is_copy = false;  ///< made by us

    bool held() const { return copy_of == 0 && !passes_at; }
};

/// What must be done, in this order: tell the fact, then send the segment on, discard it or
/// neither.
struct Order {
    enum class Do : std::uint8_t { Nothing, SendOn, Discard };
    model::Fact fact;
    Do what = Do::Nothing;
    Aloft segment;  ///< with SendOn and Discard
};
using Orders = std::vector<Order>;

/// The segments in flight and the order in which they go on. Pure: what is decided comes out as
/// Orders; time is passed in.
///
/// The kernels' timers go on while a segment is held, so they send again what is not lost. Such
/// copies are absorbed, unless the user wants to see them: a segment sent again is dropped when its
/// original arrives, or the answer that acknowledges it. If that is lost instead, the copy is what
/// heals the loss, and is held like any other. A copy that was sent before its original arrived is
/// absorbed even if it comes here later, as on a busy machine: nobody could want it any more.
class Flight {
  public:
    Flight(HoldPolicy policy, bool show_retransmissions)
        : policy_(policy), absorbs_(!show_retransmissions) {}

    /// A segment that was captured before, and is about to stop at the gate.
    struct Coming {
        model::SegmentId id = 0;
        model::SegmentId copy_of = 0;  ///< as in Aloft
        const capture::Packet* packet = nullptr;
    };
    /// The segment of which `sent`, captured at `at`, is an absorbed copy; 0 if it stands for
    /// itself.
    model::SegmentId absorbed_by(const capture::Packet& sent, model::Time at,
                                 const std::vector<Coming>& coming = {}) const;

    /// It stopped at the gate.
    Orders stopped(Aloft segment, model::Time now);

    // What is asked of a segment that is gone gives no orders.
    Orders deliver(model::SegmentId id, model::Time now);
    Orders drop(model::SegmentId id, model::Time now);
    Orders duplicate(model::SegmentId id, model::SegmentId copy, model::Time now);
    Orders hold_back(model::SegmentId id);
    /// It was held back, and need not let others overtake any more.
    Orders stand(model::SegmentId id);
    /// `reset` overtakes all others.
    Orders inject(Aloft reset, model::Time now);
    Orders set_policy(HoldPolicy policy, model::Time now);
    /// What goes on by itself by now.
    Orders pass(model::Time now);
    /// When pass() has something to do.
    std::optional<model::Time> due() const;

    /// In the order in which they go on unless told otherwise, absorbed ones included.
    const std::vector<Aloft>& aloft() const { return aloft_; }
    /// Nothing is in flight; absorbed copies do not count.
    bool clear() const;

  private:
    struct Delivered {
        model::SegmentId id;
        capture::Packet packet;
        model::Time at;
        bool acknowledged = false;
    };

    std::vector<Aloft>::iterator find(model::SegmentId id);
    bool stops(const Aloft& segment) const;
    bool waits_for_something(const Aloft& copy) const;
    void place(Aloft segment, Orders& orders);
    void send_on(std::vector<Aloft>::iterator segment, model::Time now, Orders& orders);
    const Delivered* delivered_after(const capture::Packet& sent, model::Time at) const;
    void discard(std::vector<Aloft>::iterator segment, Orders& orders);
    void drop_copies_healed_by(const Aloft& arrived, Orders& orders);
    void let_copies_stand(model::Time now, Orders& orders);
    void remember(const Aloft& arrived, model::Time now);

    HoldPolicy policy_;
    bool absorbs_;
    std::vector<Aloft> aloft_;
    // Took sequence space, and no ACK of it has arrived, or not long ago.
    std::vector<Delivered> delivered_;
};

}  // namespace tcpstep::lab
