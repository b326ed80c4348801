#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/strings/strings.hpp"
#include "app/view/palette.hpp"
#include "app/view/time_axis.hpp"
#include "model/result.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"

namespace tcpstep::exports {

/// Of a lesson's trace, which has them in one language: its title and description in each, as far
/// as they are known. And what the trace does not have: its story.
class InLanguages {
  public:
    struct Words {
        std::string title, description;
        std::vector<std::string> story;  ///< its passages
    };
    /// Of each passage: after so many events of the trace the next one is told; nothing: never.
    std::vector<std::optional<std::size_t>> passage_ends;
    /// After so many events none of them is told any more, but the one that stands behind them in
    /// `story`.
    std::optional<std::size_t> story_left;

    Words& operator[](strings::Language language) {
        return words_[static_cast<std::size_t>(language)];
    }
    const Words& operator[](strings::Language language) const {
        return words_[static_cast<std::size_t>(language)];
    }

  private:
    std::array<Words, 2> words_;
};

/// What of a trace is exported, and how it looks; each form heeds what it can.
struct Options {
    /// Of forms of one: nothing is the first. Of pcapng: nothing is all.
    std::optional<model::ConnectionIndex> connection;
    /// Of pictures: from this step to that one, both drawn, counted as the window's scrub bar does.
    /// Nothing: from the first, to the last.
    std::optional<std::size_t> from_step, to_step;
    view::Theme theme = view::Theme::Light;
    view::TimeAxis axis = view::TimeAxis::ByEvent;
    bool raw_numbers = false;
    double scale = 1;                        ///< pixels of a PNG for each abstract pixel
    model::Role side = model::Role::Server;  ///< of packetdrill: the end under test
    InLanguages in_languages = {};           ///< of html, which speaks both, and of titles
    /// Of html: is told where it has not all of the trace's connections, but so many.
    std::function<void(std::size_t has, std::size_t all)> left_out = {};
};

struct Subject {
    const model::Trace& trace;
    Options options = {};
};

/// What can be chosen that not every form heeds.
enum class Choice : std::uint8_t {
    Steps,      ///< Options::from_step and to_step
    Theme,      ///< Options::theme
    TimeAxis,   ///< Options::axis
    Numbers,    ///< Options::raw_numbers
    Scale,      ///< Options::scale
    Side,       ///< Options::side
    Connection  ///< Options::connection
};

/// A form in which a trace leaves the program.
struct Format {
    std::string_view name;    ///< "svg", of `--to`
    std::string_view ending;  ///< ".svg", of a file's name
    bool text;                ///< it may go to a terminal
    bool of_one;              ///< of one connection, not of the whole trace
    strings::Text
        words;  ///< its row of the window's menu; of one that heeds the side, the server's
    strings::Text client_words;  ///< and the client's; else the same
    unsigned choices;            ///< which it heeds, a bit for each
    /// Streams it. BadInput if the trace cannot be put into that form, or not so much of it; a
    /// stream that fails is the caller's to notice.
    Result<void> (*write)(const Subject& subject, std::ostream& out);

    bool heeds(Choice choice) const { return (choices >> static_cast<unsigned>(choice) & 1U) != 0; }
};

/// All of them: the one table that `tcpstep export`, `tcpstep run` and the window's menu have.
std::span<const Format> formats();

/// The one of that name; nullptr if there is none.
const Format* find_format(std::string_view name);

/// The file's name ends so (".svg"), in capitals or not.
bool has_ending(std::string_view file, std::string_view ending);

/// The one with whose ending the file's name ends; nullptr if there is none.
const Format* format_of_file(std::string_view file);

/// "qlog, sqlog, svg".
std::string format_names();
/// The same of those that heed it.
std::string formats_that_heed(Choice choice);

/// BadInput if a connection is asked for that the trace does not have.
Result<void> check_connection(const Subject& subject);

/// The way of the connection that is exported; of a trace without any, what concerns all. BadInput
/// if there is no connection of that number.
Result<model::Timeline> timeline_of(const Subject& subject);

}  // namespace tcpstep::exports
