#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "model/event.hpp"
#include "model/qlog/fields.hpp"
#include "model/qlog/number_set.hpp"

namespace tcpstep::model::qlog {

/// The segments and calls that a trace has named so far: each number is given once, and what
/// refers to one comes after it.
class References {
  public:
    /// How many segments may be in flight in a gated trace, and how many calls open, at once. The
    /// fold looks for each among all of them, so a file that ends none of them could take hours; a
    /// class's run has some dozens.
    static constexpr std::size_t kMostOpen = 4096;
    enum class Open {
        Bounded,   ///< a file, from anybody
        Unbounded  ///< the lab's wire
    };

    explicit References(Open open) : bounded_(open == Open::Bounded) {}

    /// Faults at the members of `data` where `fact` uses a number that it must not. False if it
    /// refers to what is not there, be it that this was left out.
    bool check(const Fact& fact, const Fields& data) const;

    /// Remembers the numbers that `fact` gives and the calls that it ends.
    void take(const Fact& fact);

    /// `fact` is left out: that later ones refer to its numbers, as far as they could be read, is
    /// no fault of theirs.
    void lose(const Fact& fact);

    /// An event is left out of which nothing could be read.
    void lose_unnamed() { lost_unnamed_ = true; }

  private:
    struct Call {
        Role endpoint = Role::Client;
        Process process = 0;
        std::string name;
        bool returned = false;
    };
    void take_segment(SegmentId id, bool in_flight);
    void check_new(SegmentId id, std::string_view member, const Fields& data) const;
    bool check_known(SegmentId id, std::string_view member, const Place& of, Faults& faults) const;
    void check_in_flight(SegmentId id, const Fields& data) const;
    void check_room(std::string_view member, const Fields& data) const;
    void check_entry(const CallEntered& entered, const Fields& data) const;
    bool check_return(const CallReturned& returned, const Fields& data) const;

    NumberSet segments_;
    NumberSet lost_segments_;
    NumberSet lost_calls_;
    bool lost_unnamed_ = false;  // any number may be that of something left out
    bool bounded_;
    bool gated_ = false;
    std::unordered_set<SegmentId> in_flight_;  // while they are bounded
    std::unordered_map<CallId, Call> calls_;
    std::size_t open_calls_ = 0;
    std::unordered_set<std::string> claims_;  // that are decided
};

}  // namespace tcpstep::model::qlog
