#include "app/cli/decode_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/view/columns.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/lists/connection_words.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

using model::Beginning;
using model::Doubt;
using model::LastState;
using model::Role;
using strings::text;
using view::columns;
using view::doubt_mark;
using view::say;
using view::Text;
using view::lists::beginning_text;
using view::lists::ending_text;
using view::lists::seconds_text;
using view::lists::server_text;
using view::lists::state_text;

constexpr std::string_view kGuessedMark = "^";  // who is the client

constexpr std::array kDoubts = {Doubt::NothingFollows, Doubt::BeganBefore, Doubt::NotOnTheWire,
                                Doubt::OrderUnknown};

struct Widths {
    std::size_t client = 0;
    std::size_t server = 0;
    std::size_t segments = 0;
    std::size_t seconds = 0;
    std::size_t began = 0;
};

constexpr std::size_t kStateWidth = std::string_view("ESTABLISHED?").size();
constexpr std::size_t kGap = 2;  // between columns
constexpr std::size_t kChunk = 64UL * 1024UL;

std::string client_text(const model::ObservedConnection& connection) {
    return to_string(connection.id.client).append(connection.roles_guessed ? kGuessedMark : "");
}

class Table {
  public:
    Table(const model::Observation& observation, std::ostream& out)
        : observation_(observation), out_(out) {}

    void write() {
        measure();
        line(text(Text::Client), text(Text::Server), text(Text::TerminalSegments),
             text(Text::DecodeSeconds), text(Text::DecodeClientState),
             text(Text::DecodeServerState), text(Text::DecodeBegan), text(Text::DecodeEnded));
        for (model::ConnectionIndex i = 0; out_ && i < observation_.connections(); ++i) {
            write(i);
            if (chunk_.size() >= kChunk) flush();
        }
        write_legend();
        flush();
    }

  private:
    // Rows are made twice rather than kept: there may be many.
    void measure() {
        widths_.client = columns(text(Text::Client));
        widths_.server = columns(text(Text::Server));
        for (const Beginning began :
             {Beginning::BeforeCapture, Beginning::Attempt, Beginning::Handshake,
              Beginning::FastOpen, Beginning::SimultaneousOpen}) {
            widths_.began = std::max(widths_.began, columns(beginning_text(began)));
        }
        std::uint32_t most = 0;
        model::Duration longest{0};
        for (model::ConnectionIndex i = 0; i < observation_.connections(); ++i) {
            const model::ObservedConnection connection = observation_.connection(i);
            widths_.client = std::max(widths_.client, columns(client_text(connection)));
            widths_.server = std::max(widths_.server, columns(server_text(connection.id)));
            most = std::max(most, connection.segments);
            longest = std::max(longest, duration(connection));
        }
        widths_.segments =
            std::max(columns(text(Text::TerminalSegments)), std::to_string(most).size());
        widths_.seconds =
            std::max(columns(text(Text::DecodeSeconds)), seconds_text(longest).size());
    }

    static model::Duration duration(const model::ObservedConnection& connection) {
        return connection.ended - connection.began;
    }

    void write(model::ConnectionIndex index) {
        const model::ObservedConnection connection = observation_.connection(index);
        const std::vector<model::TrackedChange> changes = observation_.changes(index);
        std::array<LastState, 2> last;
        for (const model::TrackedChange& change : changes) {
            last[change.endpoint == Role::Client ? 0 : 1] = {change.to, change.doubt};
        }
        // A socket that connected to itself is both ends.
        if (connection.id.client == connection.id.server) last[1] = last[0];
        for (const LastState& state : last) doubts_[static_cast<std::size_t>(state.doubt)] = true;
        guessed_ |= connection.roles_guessed;
        const model::SegmentSummary first = observation_.summary(connection.first);
        const auto story = story_of(changes, first.flags.syn() && first.length > 0);
        line(client_text(connection), server_text(connection.id),
             std::to_string(connection.segments), seconds_text(duration(connection)),
             state_text(last[0]), state_text(last[1]), beginning_text(story.began),
             ending_text(story));
    }

    void line(std::string_view client, std::string_view server, std::string_view segments,
              std::string_view lasted, std::string_view client_state, std::string_view server_state,
              std::string_view began, std::string_view ended) {
        left(client, widths_.client);
        left(server, widths_.server);
        right(segments, widths_.segments);
        right(lasted, widths_.seconds);
        left(client_state, kStateWidth);
        left(server_state, kStateWidth);
        left(began, widths_.began);
        chunk_.append(ended).push_back('\n');
    }

    void left(std::string_view cell, std::size_t width) {
        chunk_.append(cell).append(width - columns(cell) + kGap, ' ');
    }

    void right(std::string_view cell, std::size_t width) {
        chunk_.append(width - columns(cell), ' ').append(cell).append(kGap, ' ');
    }

    void write_legend() {
        chunk_ += '\n';
        for (const Doubt doubt : kDoubts) {
            if (!doubts_[static_cast<std::size_t>(doubt)]) continue;
            chunk_ += fmt::format("{}  {}\n", doubt_mark(doubt), text(view::doubt_text(doubt)));
        }
        if (guessed_) chunk_ += fmt::format("{}  {}\n", kGuessedMark, text(Text::DecodeGuessed));
    }

    void flush() {
        out_.write(chunk_.data(), static_cast<std::streamsize>(chunk_.size()));
        chunk_.clear();
    }

    const model::Observation& observation_;
    std::ostream& out_;
    std::string chunk_;
    Widths widths_;
    std::array<bool, kDoubts.size() + 1> doubts_{};  // those that occurred; [0]: None
    bool guessed_ = false;
};

}  // namespace

void write_table(const model::Observation& observation, std::ostream& out) {
    if (observation.connections() > 0) Table(observation, out).write();
}

std::string summary_line(const capture::CaptureCounts& counts, std::size_t connections) {
    std::string line = say(Text::DecodeSummary, counts.packets, counts.segments, connections,
                           counts.not_tcp, counts.malformed);
    const auto note = [&line](Text what, auto... values) {
        if ((... || (values > 0))) line += say(what, values...);
    };
    if (counts.malformed > 0) {
        line += say(Text::DecodeFirstMalformed, counts.first_malformed,
                    capture::to_string(counts.why_malformed));
    }
    note(Text::DecodeTooShort, counts.too_short);
    note(Text::DecodeFragments, counts.first_fragments, counts.later_fragments);
    note(Text::DecodeCut, counts.cut);
    note(Text::DecodeTimes, counts.times_raised);
    return line;
}

}  // namespace tcpstep::cli
