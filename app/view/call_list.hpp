#pragma once

#include <cstddef>
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
    CallOutcome kind = CallOutcome::Returned;
    bool now = false;       ///< entered or returned with the current event
    std::size_t event = 0;  ///< the event of its entry
};

struct CallList {
    std::size_t earlier = 0;  ///< calls before the first line
    std::vector<CallLine> lines;
};

/// The last `at_most` calls of `role` before `position`, oldest first.
CallList call_list(const model::Timeline& timeline, const TimelineIndex& index, model::Role role,
                   std::size_t position, std::size_t at_most);

/// "connect(127.0.0.1:8000)", "listen(backlog 10)", "send(\"hello\")".
std::string call_text(const model::CallEntered& call);

/// "= 5" or "ECONNREFUSED".
std::string result_text(const model::CallReturned& returned);

}  // namespace tcpstep::view
