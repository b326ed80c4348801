#include "app/cli/watch_window.hpp"

#include <string>
#include <utility>

#include "app/cli/watch_source.hpp"
#include "app/view/columns.hpp"

namespace tcpstep::cli {

namespace {

// Where it is watched, as the bar on top has room for it.
std::string label_of(const watch::Subject& subject) {
    constexpr std::size_t kColumns = 28;
    const std::string name = subject.name();
    if (view::columns(name) <= kColumns) return name;
    return std::string(view::cut_to_columns(name, kColumns - 1)) + "…";
}

}  // namespace

Result<void> watch_in_window(const watch::Subject& subject, watch::Opened opened,
                             const PlayOptions& look) {
    return play_from(
        [&](session::Session& session) -> Result<void> {
            auto source = open_watch(std::move(opened), session.bell());
            if (!source) return tl::make_unexpected(source.error());
            session.watch(std::move(*source), label_of(subject));
            return {};
        },
        look);
}

}  // namespace tcpstep::cli
