#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/freelab/descriptor.hpp"
#include "app/freelab/notebook.hpp"
#include "app/freelab/offer.hpp"
#include "app/session/hand_command.hpp"
#include "app/session/source.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// The user's hands at both ends of a free lab: what was called, what can be called next, and what
/// the buttons work with.
class HandControl {
  public:
    explicit HandControl(const model::SocketAddress& server) : server_(server) {}

    const HandChoice& choice(model::Role end) const { return choices_[index(end)]; }
    void choose(model::Role end, HandChoice choice);

    /// Whose calls the buttons of that end make.
    lesson::Actor actor(model::Role end) const;
    /// What that actor has open.
    std::vector<freelab::Descriptor> descriptors(model::Role end) const;
    /// Every deed, and why it cannot be done now: "" if it can.
    std::vector<freelab::Offer> offers(model::Role end) const;
    /// What the button of that deed wishes.
    freelab::Wish wish(model::Role end, freelab::Deed deed) const;

    /// Tells the lab. BadInput, with the reason, if it is not offered; nothing happens while the
    /// call before has not begun.
    Result<void> call(const freelab::Wish& wish, Source& run);
    /// More events have come.
    void catch_up(const model::Trace& trace);

    const freelab::Notebook& notebook() const { return notebook_; }
    const model::SocketAddress& server() const { return server_; }

  private:
    static std::size_t index(model::Role end) { return end == model::Role::Client ? 0 : 1; }

    model::SocketAddress server_;
    freelab::Notebook notebook_;
    std::array<HandChoice, 2> choices_;
};

}  // namespace tcpstep::session
