#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "app/watch/audience.hpp"
#include "app/watch/flows.hpp"
#include "capture/wire_segment.hpp"
#include "model/event.hpp"
#include "model/result.hpp"

namespace tcpstep::watch {

/// What was watched so far.
struct Tally {
    std::uint64_t connections = 0;
    std::uint64_t segments = 0;
    std::uint64_t transitions = 0;
    std::uint64_t compared = 0;  ///< how often the kernel was asked about a connection
    std::uint64_t differing = 0;
    std::uint64_t lost = 0;  ///< by the capture
};

/// Watches connections: what their segments tell of the states of both ends, and whether the
/// kernel's own states are these. Tells its audience at once; remembers what goes on, not what was.
///
/// The kernel is asked about a connection once it was quiet for kQuiet, twice, and its answer
/// counts if nothing was captured meanwhile; then again when a timer of it is over, or after a
/// second in a state that does not last, or while what an end has sent is not acknowledged (then
/// whenever its timer fires, for it may give up). However busy the machine, it is asked about at
/// most kAtOnce connections in kPause.
class Watcher {
  public:
    static constexpr std::chrono::milliseconds kQuiet{2};
    static constexpr std::chrono::milliseconds kPause{5};
    static constexpr std::size_t kAtOnce = 32;

    /// A question to the kernel (Kernel::ask): of that end.
    using Ask =
        std::function<Result<std::optional<model::SocketSampled>>(const Flow&, model::Role)>;

    /// Nothing is told for a time before `began`.
    explicit Watcher(Ask ask, model::Time began = {}, Limits limits = {})
        : ask_(std::move(ask)), flows_(limits), last_(began) {}

    /// Nothing more is told after so many changes of a state, even if one segment brought several.
    void end_after(std::uint64_t transitions) { most_transitions_ = transitions; }
    /// There were so many.
    bool over() const { return most_transitions_ && tally_.transitions >= *most_transitions_; }

    /// Who is told; must outlive this.
    void add(Audience& audience);

    /// The next captured segment.
    void take(const capture::WireSegment& segment);

    /// When tick() should be called next; nothing if nothing is to be done.
    std::optional<model::Time> due() const;
    /// Asks the kernel what is due, and forgets what is over. `drain` takes in what was captured
    /// meanwhile. An error is the kernel's refusal.
    Result<void> tick(model::Time now, const std::function<void()>& drain);

    /// What the capture says it has lost since it began.
    void lost(std::uint64_t total, model::Time now);

    const Tally& tally() const { return tally_; }
    const Flows& flows() const { return flows_; }
    /// There is no number left for another segment.
    bool full() const { return tally_.segments >= 0xffffffffU; }

  private:
    using View = std::array<std::optional<model::SocketSampled>, 2>;
    using Timers = std::multimap<model::Time, Slot>;
    /// What was asked about a connection.
    struct Asking {
        std::optional<Timers::iterator> timer;
        std::optional<std::array<std::optional<model::State>, 2>> before;  // the look before
        bool told = false;                // since the connection was disturbed last
        std::optional<model::Time> next;  // when to ask again whatever is acknowledged
        View sampled;                     // as told last
    };
    struct Look {
        Slot slot;
        std::uint64_t disturbed;
        View view;
    };

    Asking& asking(Slot slot);
    void schedule(Slot slot, model::Time when);
    void cancel(Slot slot);
    void disturb(Slot slot, model::Time when);
    void follow(Slot slot, const model::SegmentSummary& segment);
    bool can_wait(Slot slot, std::size_t end) const;
    std::optional<model::Time> in_vain(Slot slot) const;
    bool put_off(Slot slot, model::Time now);
    void tell_moved(Slot slot, model::Time time, const std::vector<model::TrackedChange>& changes);
    void tell_moved(const Moved& moved);
    Result<View> look(Slot slot);
    void accept(const Look& look, model::Time now);
    void confirm(const Look& look, model::Time now);
    void prove(Slot slot, model::Role end, model::State state, model::Time now);
    std::optional<model::Time> next_look(const Flow& flow, const View& view, model::Time now) const;
    void forget_expired(model::Time now);
    void tell(const model::Event& event);
    model::Time in_order(model::Time time);

    Ask ask_;
    std::vector<Audience*> audience_;
    bool facts_ = false;  // somebody wants them
    Flows flows_;
    Timers timers_;
    std::vector<Asking> asking_;  // by slot
    model::Time last_;            // told of
    model::Time ticked_;
    Tally tally_;
    std::optional<std::uint64_t> most_transitions_;
};

}  // namespace tcpstep::watch
