#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"
#include "model/time.hpp"

namespace tcpstep::journal {

/// So many sessions are kept.
inline constexpr std::size_t kMostSessions = 50;

/// $XDG_STATE_HOME/tcpstep/sessions, else below ~/.local/state; nothing where neither is set.
std::optional<std::filesystem::path> sessions_folder();

/// How the name of a session begins: "2026-11-28T18-06-01Z" in UTC, and "2026-11-28T18-06-01Z.02"
/// where `number`, from 1, is 2: of the second one in this second.
std::string stamp(model::Time began, int number = 1);

/// "2026-11-28T18-06-01Z-handshake.sqlog"
std::string session_name(std::string_view stamp, std::string_view lesson);

/// The sessions in that folder, the oldest first: what is named as above and is a regular file.
/// Nothing if it cannot be read.
std::vector<std::filesystem::path> sessions_in(const std::filesystem::path& folder);

/// The saved sessions, the newest first, at least one. BadInput, in one line, if there is none.
Result<std::vector<std::filesystem::path>> newest_sessions();

}  // namespace tcpstep::journal
