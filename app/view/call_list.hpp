#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

enum class CallOutcome : std::uint8_t { Returned, Failed, Blocked };

/// One socket call of an end, as a line.
struct CallLine {
    std::string call;     ///< "connect(127.0.0.1:8000)"
    std::string outcome;  ///< "= 5", "ECONNREFUSED", "blocked 3.2 s …"
    std::string value;    ///< what it gave besides: "\"hello\""; empty if there is nothing
    CallOutcome kind = CallOutcome::Returned;
    bool now = false;       ///< entered or returned with the current event
    std::size_t event = 0;  ///< the event of its entry
    model::CallId id = 0;
};

struct CallList {
    std::size_t earlier = 0;  ///< calls before the first line
    std::vector<CallLine> lines;
    /// Though nothing happens an outcome reads differently after so long; nothing if not.
    std::optional<model::Duration> changes_in;
};

/// The last `at_most` calls of `role` before `position`, oldest first, without those that are known
/// to be about another connection's socket. A call that has not returned
/// is blocked until `now`, the present time, if one looks at the present moment of a run that goes
/// on; else until the last event before `position`.
CallList call_list(const model::Timeline& timeline, const TimelineIndex& index, model::Role role,
                   std::size_t position, std::size_t at_most,
                   std::optional<model::Time> now = std::nullopt);

/// "connect(127.0.0.1:8000)", "listen(backlog 10)", "send(\"hello\")"; with the descriptor only
/// "close(5)" and "dup(5)".
std::string call_text(const model::CallEntered& call);

}  // namespace tcpstep::view
