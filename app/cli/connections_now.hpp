#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "model/connection.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Every connection of a growing trace as it is now.
class ConnectionsNow {
  public:
    struct Now {
        model::Connection connection;
        std::array<model::Time, 2> sampled;  ///< when the kernel last spoke of client, server
    };

    /// Always the same trace, which must outlive this.
    explicit ConnectionsNow(const model::Trace& trace) : trace_(&trace) {}

    /// Takes in the events that were appended to the trace since.
    void catch_up();

    /// One for each connection of the trace; while there is none, one for what concerns all.
    const std::vector<Now>& all() const { return all_; }
    /// By which a person is told their segments.
    const model::SegmentNumbers& numbers() const { return trace_->numbers(); }

    /// A segment that waits for the user.
    struct Stop {
        model::ConnectionIndex connection;
        const model::InFlight* segment;  ///< holds until catch_up()
    };
    /// Of each connection's next held segment the one sent first; nothing if nothing waits.
    std::optional<Stop> next_stop() const;

  private:
    void take(Now& now, const model::Event& event);

    const model::Trace* trace_;
    std::size_t read_ = 0;   // events
    std::size_t known_ = 0;  // connections
    Now common_;             // what the events that concern all have led to
    std::vector<Now> all_{Now{}};
};

}  // namespace tcpstep::cli
