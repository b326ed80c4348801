#pragma once

#include <filesystem>
#include <optional>

namespace tcpstep::files {

/// A base folder of the XDG specification: the one that `variable` names ("XDG_STATE_HOME"), else
/// `below_home` (".local/state") below $HOME; nothing where neither is set. As the specification
/// wants it, a relative one does not count. Nobody looks whether it is there.
std::optional<std::filesystem::path> base_folder(const char* variable,
                                                 const std::filesystem::path& below_home);

}  // namespace tcpstep::files
