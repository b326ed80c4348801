#pragma once

#include <optional>

#include "app/session/session.hpp"
#include "app/settings/keeper.hpp"
#include "app/settings/settings.hpp"
#include "app/settings/store.hpp"

namespace tcpstep::cli {

/// What one window remembers, from its start to its end.
class WindowSettings {
  public:
    /// Reads them; what is broken is told on standard error.
    WindowSettings();

    const settings::Settings& at_start() const { return kept_; }
    /// What is broken is told in the window too.
    void begin(session::Session& session);
    /// Keeps what the user has changed since the last call; `size` is the window's when it does not
    /// fill the screen.
    void look_at(session::Session& session, settings::Settings::Size size);

  private:
    std::optional<settings::Broken> broken_;
    settings::Settings kept_;
    std::optional<settings::Settings> seen_;
    std::optional<settings::Keeper> keeper_;
};

}  // namespace tcpstep::cli
