#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/settings/settings.hpp"
#include "model/result.hpp"

namespace tcpstep::settings {

/// $XDG_CONFIG_HOME/tcpstep/settings.json, else below ~/.config; nothing where neither is set. As
/// the XDG base directory specification wants it, a relative XDG_CONFIG_HOME does not count.
std::optional<std::filesystem::path> place();

/// Settings that could not be used, and what became of their file.
struct Broken {
    std::filesystem::path file;
    std::string why;
    std::filesystem::path set_aside;  ///< its new name; empty if it could not be renamed
    std::string why_not;              ///< then
};

struct Loaded {
    Settings settings;  ///< nothing set if there is no file, or a broken one
    std::optional<Broken> broken;
};

/// Reads them. What is broken (no JSON, wrong types, not readable, a folder) is renamed to
/// settings.json.broken, or .broken-2, -3 ... where there is one: nothing is lost.
Loaded load(const std::filesystem::path& file);

/// One line for the user, in the language of the moment.
std::string words(const Broken& broken);

/// Writes them, whole or not at all, and makes the folders. BadInput if that cannot be done.
Result<void> save(const std::filesystem::path& file, const Settings& settings);

}  // namespace tcpstep::settings
