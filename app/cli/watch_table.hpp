#pragma once

#include <string>

#include "app/watch/audience.hpp"
#include "model/segment.hpp"

namespace tcpstep::cli {

/// The lines of `tcpstep watch`: one for each change of a state, and one for each answer of the
/// kernel. Columns grow with what stands in them.
class WatchTable : public watch::Audience {
  public:
    /// `flows` tells of which connection a slot is; must outlive this.
    explicit WatchTable(const watch::Flows& flows) : flows_(flows) {}

    void moved(const watch::Moved& moved) override;
    void compared(const watch::Compared& compared) override;
    void lost(model::Time time, std::uint64_t total) override;

    /// The lines since the last call, each with its line feed. The first begin with a heading.
    std::string take();

  private:
    void line(const std::string& time, const std::string& connection, std::string_view end,
              std::string_view state, std::string_view because);
    std::string because(const watch::Moved& moved) const;

    const watch::Flows& flows_;
    std::string lines_;
    std::size_t connection_width_ = 33;  // "127.0.0.1:40000 > 127.0.0.1:40000"
    bool headed_ = false;
};

}  // namespace tcpstep::cli
