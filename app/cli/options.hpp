#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/view/palette.hpp"

namespace tcpstep::cli {

/// What the command line says, one struct a subcommand.

struct LessonsOptions {
    bool json = false;
};

struct RunOptions {
    std::string lesson;
    std::optional<std::uint16_t> port;
    std::string json;  ///< where the trace goes: a file, "-" for standard output, "" for nowhere
    bool quiet = false;
};

struct PlayOptions {
    std::string what;  ///< a lesson's id or a file; "" for the first lesson
    std::optional<std::uint16_t> port;
    std::optional<std::filesystem::path> screenshot;
    int width = 1600;
    int height = 900;
    std::optional<std::size_t> step;
    view::Theme theme = view::Theme::Dark;
    unsigned text_percent = 100;
};

struct CheckOptions {
    std::filesystem::path file;
};

}  // namespace tcpstep::cli
