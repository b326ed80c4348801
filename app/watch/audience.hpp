#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "app/watch/flows.hpp"
#include "model/event.hpp"
#include "model/tracked_change.hpp"

namespace tcpstep::watch {

/// One end's state has changed, as far as is known now.
struct Moved {
    model::Time time;
    Slot slot = 0;
    model::TrackedChange change;  ///< `doubt`: it is only assumed
    /// No segment tells of it, but the kernel's own state of the socket.
    bool by_kernel = false;
    /// The segment that brought it about, by being sent or by arriving; without an edge the one
    /// that shows it. Nothing where it is neither, or no longer remembered.
    std::optional<model::SegmentSummary> segment;

    /// How a connection begins: that an end is CLOSED, or listens.
    bool is_beginning() const {
        return change.from == model::State::Unknown &&
               (change.to == model::State::Closed || change.to == model::State::Listen);
    }
};

/// The kernel was asked for the states of those ends that have their sockets on this machine.
struct Compared {
    model::Time time;
    Slot slot = 0;
    std::array<std::optional<model::State>, 2> kernel;  ///< of the client, the server
    std::array<model::State, 2> told{};
    bool agrees() const {
        for (std::size_t i = 0; i < 2; ++i) {
            const bool unknown = !kernel[i] || told[i] == model::State::Unknown;
            if (!unknown && *kernel[i] != told[i]) return false;
        }
        return true;
    }
};

/// Who is told what is watched, at once.
class Audience {
  public:
    Audience() = default;
    Audience(const Audience&) = delete;
    Audience& operator=(const Audience&) = delete;
    virtual ~Audience() = default;

    /// It wants fact(): making one of each segment costs.
    virtual bool wants_facts() const { return false; }
    /// A segment, a sample, a loss, as an event of a trace; its `connection` is a Slot.
    virtual void fact(const model::Event&) {}
    virtual void moved(const Moved&) {}
    virtual void compared(const Compared&) {}
    /// So many segments were lost by the capture since it began: what is told may be wrong.
    virtual void lost(model::Time, std::uint64_t) {}
    /// The connection is forgotten; its slot may become another one's.
    virtual void forgotten(Slot) {}
};

}  // namespace tcpstep::watch
