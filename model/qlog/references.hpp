#pragma once

#include <unordered_map>
#include <unordered_set>

#include "model/event.hpp"
#include "model/qlog/fields.hpp"

namespace tcpstep::model::qlog {

/// The segments and calls that a trace has named so far: each number is given once, and what
/// refers to one comes after it.
class References {
  public:
    /// Faults at the members of `data` where `fact` uses a number that it must not.
    void check(const Fact& fact, const Fields& data) const;

    /// Remembers the numbers that `fact` gives and the calls that it ends.
    void take(const Fact& fact);

  private:
    struct Call {
        Role endpoint = Role::Client;
        std::string name;
        bool returned = false;
    };
    void check_new(SegmentId id, std::string_view member, const Fields& data) const;
    void check_known(SegmentId id, const Fields& data, std::string_view member = "id") const;
    void check_return(const CallReturned& returned, const Fields& data) const;

    std::unordered_set<SegmentId> segments_;
    std::unordered_map<CallId, Call> calls_;
};

}  // namespace tcpstep::model::qlog
