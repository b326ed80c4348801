#include "app/cli/watch_window.hpp"

#include <utility>

#include "app/cli/watch_source.hpp"

namespace tcpstep::cli {

Result<void> watch_in_window(const watch::Subject& subject, watch::Opened opened) {
    return play_from([&](session::Session& session) -> Result<void> {
        auto source = open_watch(std::move(opened), session.bell());
        if (!source) return tl::make_unexpected(source.error());
        session.watch(std::move(*source), subject.name());
        return {};
    });
}

}  // namespace tcpstep::cli
