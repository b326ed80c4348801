#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/exports/format.hpp"
#include "app/lab/gate_command.hpp"
#include "app/view/palette.hpp"

namespace tcpstep::cli {

/// What the command line says, one struct a subcommand.

struct LessonsOptions {
    bool json = false;
    bool glossary = false;  ///< not the lessons but the calls
};

struct RunOptions {
    std::string lesson;
    bool all = false;  ///< every lesson, in its stead
    std::optional<std::uint16_t> port;
    std::string json;  ///< where the trace goes: a file, "-" for standard output, "" for nowhere
    /// Where else it goes: a format's name, and a file or "-".
    std::map<std::string, std::string, std::less<>> exports;
    bool quiet = false;
    bool more = false;              ///< the rule and the cause below each row
    std::optional<lab::Hold> hold;  ///< nothing: as the lesson says
    bool free = false;              ///< nothing is held whatever the lesson says
    /// What is not held takes that long; without `hold` nothing is held.
    std::optional<std::chrono::milliseconds> slow;
    bool automatic = false;  ///< the lesson's own script steps, even in a terminal
    bool show_retransmissions = false;
    bool predict = false;               ///< the user is asked what each delivery brings about
    std::optional<std::uint64_t> seed;  ///< of what is asked
    bool patience = false;              ///< see lab::LabOptions
    bool verify = false;  ///< DoesNotHold unless the kernel's samples agree with the model
};

struct FreeLabOptions {
    std::optional<std::uint16_t> port;
    std::string json;               ///< where the trace goes, as in RunOptions
    std::string save;               ///< where the lesson goes that does it again; "" for nowhere
    std::optional<lab::Hold> hold;  ///< nothing: every segment
    bool free = false;              ///< no segment is held
};

struct PlayOptions {
    std::string what;                   ///< a lesson's id or a file; "" for the first lesson
    bool last = false;                  ///< in its stead, the newest saved session
    std::string json;                   ///< where the trace goes in the end; as RunOptions::json
    std::optional<std::uint64_t> seed;  ///< of what predict mode asks
    std::optional<std::uint16_t> port;
    std::optional<std::filesystem::path> screenshot;
    // What is not said is as the window's settings have it, else as the program does.
    struct Size {
        int width = 1600;
        int height = 900;
    };
    std::optional<Size> size;
    std::optional<std::size_t> step;
    std::optional<view::Theme> theme;
    std::optional<unsigned> text_percent;
    bool language_given = false;  ///< with --lang
};

struct DecodeOptions {
    std::string file;  ///< "-" is standard input
    std::string json;  ///< where the trace goes: a file, "-" for standard output, "" for nowhere
    bool quiet = false;
};

struct WatchOptions {
    std::string interface = "lo";
    std::string filter;  ///< pcap-filter(7); "": all of TCP
    std::string json;    ///< where the trace goes: a file, "-" for standard output, "" for nowhere
    bool quiet = false;
    bool window = false;
    PlayOptions look;                    ///< of the window: its size, theme and letters
    std::optional<std::uint64_t> count;  ///< of state changes; then it ends
    std::optional<std::chrono::seconds> time;
};

struct ExportOptions {
    std::string file;                       ///< "-" is standard input
    std::string to;                         ///< a format's name; "": by the ending of `out`
    std::string out;                        ///< a file; "-" or "": standard output
    std::optional<std::size_t> connection;  ///< counted from 1
    exports::Options how;
    /// The options that were given, by name, of what not every form heeds.
    std::vector<std::pair<std::string, exports::Choice>> chosen;
};

struct CheckOptions {
    std::filesystem::path file;
};

}  // namespace tcpstep::cli
