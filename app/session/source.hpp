#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/lab/gate_command.hpp"
#include "app/lab/make_call.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// Where events come from while a session goes on.
class Source {
  public:
    enum class Status : std::uint8_t {
        Running,
        Finished,
        Failed,  ///< error() says why
    };

    virtual ~Source() = default;

    /// Appends to `trace` (always the same one) what has arrived. Never blocks.
    virtual Status drain(model::Trace& trace) = 0;
    /// Why it failed; only with Status::Failed.
    virtual const Error& error() const = 0;
    /// Why the sockets live on the host's loopback; nothing in a private one. Certain once the
    /// first event has come.
    virtual const std::optional<Error>& host_reason() const = 0;
    /// Why nothing is held though the lesson wants it; nothing if it is. Certain as above.
    virtual const std::optional<Error>& free_reason() const = 0;
    /// What becomes of what is held. Never blocks.
    virtual void command(const lab::GateCommand& command) = 0;
    /// A free lab's actor calls that next. Never blocks.
    virtual void call(const lab::MakeCall&) {}
    /// What the user should know of what it gives, if there is something new; else {}.
    virtual std::function<std::string()> take_notice() { return {}; }
    /// Nothing more happens until a command comes, or a timer of the kernel fires.
    virtual bool settled() const = 0;
};

}  // namespace tcpstep::session
