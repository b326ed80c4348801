#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/freelab/descriptor.hpp"
#include "app/lesson/actor.hpp"
#include "app/lesson/lesson.hpp"
#include "model/event.hpp"
#include "model/trace.hpp"

namespace tcpstep::freelab {

/// A call that was ordered, and what the trace says has become of it.
struct Made {
    lesson::Actor actor = lesson::Actor::Client;
    lesson::Step step;
    model::CallId id = 0;                    ///< of the call in the trace; 0: not entered yet
    std::size_t entered_at = 0;              ///< event of the trace
    std::optional<std::size_t> returned_at;  ///< likewise; nothing: it blocks
    std::int64_t result = 0;
    std::string error;  ///< name of errno; "" if it succeeded

    bool entered() const { return id != 0; }
    bool succeeded() const { return returned_at && error.empty(); }
};

/// What the user of a free lab has done.
class Notebook {
  public:
    /// The actor was told to make this call. Only while none is awaited(), but for those that
    /// belong to one deed: the calls are known by their order.
    void ordered(lesson::Actor actor, lesson::Step step);
    /// Takes in what was appended to the trace since; always the same trace.
    void catch_up(const model::Trace& trace);

    /// A call that was ordered has not been entered yet.
    bool awaits_entry() const { return entered_ < made_.size(); }
    /// The last call of the actor, if that has not returned: nothing else can it do.
    const Made* blocked(lesson::Actor actor) const;

    const std::vector<Made>& made() const { return made_; }
    /// What the actor has open, in the order in which it was opened.
    std::vector<Descriptor> descriptors(lesson::Actor actor) const;

    /// A name for the actor's next descriptor: "listener" or "socket", of accept() "connection", of
    /// dup() "copy"; with a number if it was used before.
    std::string new_name(lesson::Actor actor, lesson::Call call) const;
    /// A label that no step of the actor's role has: the call's name, with a number if need be.
    std::string new_label(lesson::Actor actor, lesson::Call call) const;

  private:
    std::vector<Made> made_;
    std::size_t entered_ = 0;  // so many of them
    std::size_t read_ = 0;     // events of the trace
};

}  // namespace tcpstep::freelab
