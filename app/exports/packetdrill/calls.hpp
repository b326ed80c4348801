#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/event.hpp"

namespace tcpstep::exports::packetdrill {

/// Calls of one end in packetdrill's words. It knows one descriptor of a socket, so that those that
/// dup(2) and fork(2) made stand for that one; told the calls in the order in which they return.
class DrillCalls {
  public:
    enum class Waits : std::uint8_t {
        Never,
        Seldom,  ///< for room in a buffer, or lingering
        Mostly   ///< for what its peer does
    };
    struct Words {
        std::vector<std::string> calls;  ///< "bind(3, ..., ...) = 0"; mostly one
        std::string comment;             ///< behind it; or alone, where it cannot be expressed
        Waits waits = Waits::Never;
    };
    /// Nothing of a call on an AF_UNIX socket.
    Words words(const model::CallEntered& call, const model::CallReturned& returned);

    /// The same of a call that gave a socket of another connection, which the script does not have.
    Words of_others(const model::CallEntered& call, const model::CallReturned& returned);

  private:
    /// A descriptor of the trace, and the script's for the same socket.
    struct Name {
        model::Descriptor of;
        std::int64_t script;
    };

    std::int64_t script_of(model::Descriptor of) const;
    std::int64_t open(model::Descriptor of);
    bool is_free(std::int64_t script) const;
    static Words without_socket(const model::CallEntered& call, const model::CallReturned& returned,
                                std::int64_t script);
    Words close(const model::CallEntered& call, const model::CallReturned& returned,
                model::Descriptor of);
    Words exit(const model::CallEntered& call);
    void also(model::Descriptor copy, std::int64_t script);
    void fork(model::Process parent, model::Process child);

    std::vector<Name> names_;
};

}  // namespace tcpstep::exports::packetdrill
