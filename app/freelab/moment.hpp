#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "app/freelab/notebook.hpp"
#include "app/lesson/condition.hpp"
#include "model/connection.hpp"
#include "model/event.hpp"

namespace tcpstep::freelab {

/// A moment of a run in the words of a lesson's conditions: how far each actor's calls are, and
/// where both ends of each connection stand. Goes through the trace from its beginning.
class Moment {
  public:
    struct End {
        model::State state = model::State::Unknown;
        std::uint64_t octets = 0;
        bool operator==(const End&) const = default;
    };
    /// By connection, client first; of what concerns all while there is none.
    using Ends = std::vector<std::array<End, 2>>;

    explicit Moment(const std::vector<Made>& made) : made_(made) {}

    /// Takes the moment across an event.
    void pass(const model::Event& event);
    /// This call is being entered.
    void entered(const Made& made) { last_.push_back(&made); }

    /// How far the last call of each actor but `except` is.
    std::vector<lesson::Condition> calls(std::optional<lesson::Actor> except) const;
    const Ends& ends() const { return ends_; }
    /// Where the ends stand that stood elsewhere at that earlier moment; only of `connection` if
    /// that is given.
    std::vector<lesson::Condition> changed_ends(
        const Ends& before, std::optional<model::ConnectionIndex> connection = {}) const;
    /// Of the newest connection, for ends_with: where TIME_WAIT is over, TIME_WAIT.
    std::vector<lesson::InState> newest_states() const;

    std::size_t connections() const { return connections_.size(); }

  private:
    void look();

    const std::vector<Made>& made_;
    std::vector<const Made*> last_;  // entered, in order
    std::vector<const Made*> returned_;
    model::Connection common_;  // how a connection begins
    std::vector<model::Connection> connections_;
    Ends ends_;
};

/// Equal conditions have equal texts.
std::string text_of(const lesson::Condition& condition);

}  // namespace tcpstep::freelab
