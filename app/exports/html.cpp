#include <array>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <glib.h>

#include "app/exports/html_pictures.hpp"
#include "app/exports/html_words.hpp"
#include "app/exports/page_files.hpp"
#include "app/exports/svg_canvas.hpp"
#include "app/exports/svg_ladder.hpp"
#include "app/exports/writers.hpp"
#include "app/strings/in_language.hpp"
#include "app/strings/locale.hpp"
#include "app/view/escape.hpp"
#include "app/view/palette.hpp"
#include "app/view/say.hpp"

namespace tcpstep::exports {

namespace {

using Json = nlohmann::ordered_json;
using strings::Language;
using view::Theme;

// Of the ladder: beside both ends on a laptop, and as wide as a phone, where it is shown a little
// smaller.
constexpr float kWide = 700;
constexpr float kNarrow = 450;

constexpr std::array kLanguages = {Language::English, Language::Chinese};

// What no language changes: the states of both ends, after how many events of the connection, and
// which segment is looked at.
Json frames_of(const Played& played) {
    Json frames = Json::array();
    for (std::size_t frame = 0; frame < played.frames(); ++frame) {
        const model::Connection& now = played.timeline.at(played.positions[frame]);
        frames.push_back({{"states", {name(now.client.state()), name(now.server.state())}},
                          {"position", played.positions[frame]},
                          {"segment", played.segment(frame)}});
    }
    return frames;
}

Json in_language(const Played& played, PieceStore& pieces, Language language) {
    const strings::InLanguage while_it_is_made(language);
    Json words = frame_words(played);
    words["events"] = event_list(played);
    words["claims"] = claim_words(played);
    words.update(segment_words(played));
    words["noSegment"] =
        view::say(played.speaks_tcp() ? view::Text::SegmentNoneYet : view::Text::NoTcpSegment);
    words["ui"] = page_words();
    const std::size_t connections = played.timeline.trace().connections().size();
    if (const auto one = played.timeline.connection(); one && connections > 1)
        words["connection"] = view::say(view::Text::ConnectionOf, *one + 1, connections);
    words["wide"] = ladder_film(played, pieces, kWide);
    words["narrow"] = ladder_film(played, pieces, kNarrow);
    return words;
}

Json page_data(const Played& played, std::string_view title) {
    PieceStore pieces;
    Json data = {{"title", title},
                 {"language", strings::code(strings::language())},
                 {"tcp", played.speaks_tcp()},
                 {"first", played.first}};
    if (const auto connection = played.timeline.connection()) {
        const model::ConnectionId& id = played.timeline.trace().connections()[*connection];
        data["addresses"] = {to_string(id.client), to_string(id.server)};
    }
    data["frames"] = frames_of(played);
    data["figures"] = {figure_film(played, pieces, model::Role::Client),
                       figure_film(played, pieces, model::Role::Server)};
    for (const Language language : kLanguages) {
        data["languages"][std::string(strings::code(language))] =
            in_language(played, pieces, language);
    }
    data["pieces"] = pieces.take();
    return data;
}

// JSON has "<" only within strings, where it may be written so; then nothing ends the element.
std::string json_text(const Json& json) {
    std::string text;
    for (const char c : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (c == '<') {
            text += "\\u003c";
        } else {
            text += c;
        }
    }
    return text;
}

// Character data that a script turns back, octet for octet: see player.js.
class EscapingBuffer : public std::streambuf {
  public:
    explicit EscapingBuffer(std::ostream& out) : out_(out) {}

  protected:
    int_type overflow(int_type c) override {
        if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
        put(traits_type::to_char_type(c));
        return out_ ? c : traits_type::eof();
    }
    std::streamsize xsputn(const char* text, std::streamsize count) override {
        for (std::streamsize i = 0; i < count; ++i) put(text[i]);
        return out_ ? count : 0;
    }

  private:
    void put(char c) {
        if (c == '<') {
            out_ << "&lt;";
        } else if (c == '&') {
            out_ << "&amp;";
        } else {
            out_.put(c);
        }
    }

    std::ostream& out_;
};

std::string hash_of(std::string_view text) {
    std::array<guint8, 32> digest{};
    gsize size = digest.size();
    GChecksum* sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, reinterpret_cast<const guchar*>(text.data()),
                      static_cast<gssize>(text.size()));
    g_checksum_get_digest(sum, digest.data(), &size);
    g_checksum_free(sum);
    gchar* encoded = g_base64_encode(digest.data(), size);
    std::string hash = fmt::format("'sha256-{}'", encoded);
    g_free(encoded);
    return hash;
}

std::string colours() {
    std::string css;
    for (const Theme theme : {Theme::Dark, Theme::Light}) {
        css += fmt::format(":root[data-theme={}]{{color-scheme:{};",
                           theme == Theme::Dark ? "dark" : "light",
                           theme == Theme::Dark ? "dark" : "light");
        for (std::size_t i = 0; i < view::kColourRoles; ++i) {
            const view::Rgb c = view::colour(static_cast<view::ColourRole>(i), theme);
            css += fmt::format("--c{}:#{:02x}{:02x}{:02x};", i, c.r, c.g, c.b);
        }
        css += "}\n";
    }
    return css;
}

std::string hatches() {
    std::ostringstream out;
    define_hatches(SvgCanvas(out, std::nullopt, 18));
    return out.str();
}

// Writes page.html with what its marks, "{{name}}", stand for.
class PageWriter {
  public:
    PageWriter(const Subject& subject, const Json& data, std::string_view title, std::ostream& out)
        : subject_(subject), data_(data), title_(title), out_(out), style_(colours()) {
        style_ += kPageStyle;
    }

    Result<void> write() {
        std::string_view rest = kPageHtml;
        for (std::size_t at = rest.find("{{"); at != std::string_view::npos; at = rest.find("{{")) {
            out_ << rest.substr(0, at);
            const std::size_t end = rest.find("}}", at);
            if (auto put = put_mark(rest.substr(at + 2, end - at - 2)); !put) return put;
            rest.remove_prefix(end + 2);
        }
        out_ << rest;
        return {};
    }

  private:
    Result<void> put_mark(std::string_view mark) {
        if (mark == "title") out_ << xml_text(title_);
        if (mark == "language") out_ << (is_chinese() ? "zh-Hans" : "en");
        if (mark == "theme") out_ << (subject_.options.theme == Theme::Dark ? "dark" : "light");
        if (mark == "no-script") out_ << xml_text(strings::text(strings::Text::PageNoScript));
        if (mark == "style-hash") out_ << hash_of(style_);
        if (mark == "script-hash") out_ << hash_of(kPageScript);
        if (mark == "style") out_ << style_;
        if (mark == "script") out_ << kPageScript;
        if (mark == "hatches") out_ << hatches();
        if (mark == "data") out_ << json_text(data_);
        if (mark != "trace") return {};
        EscapingBuffer escaping(out_);
        std::ostream trace(&escaping);
        return write_qlog(subject_, trace);
    }
    static bool is_chinese() { return strings::language() == Language::Chinese; }

    const Subject& subject_;
    const Json& data_;
    std::string_view title_;
    std::ostream& out_;
    std::string style_;
};

}  // namespace

Result<void> write_html(const Subject& subject, std::ostream& out) {
    const auto timeline = timeline_of(subject);
    if (!timeline) return tl::make_unexpected(timeline.error());
    const auto what = played(*timeline, subject.options);
    if (!what) return tl::make_unexpected(what.error());
    std::string title = view::escaped(subject.trace.title);
    if (title.empty()) title = view::say(view::Text::ProgramName);
    return PageWriter(subject, page_data(*what, title), title, out).write();
}

}  // namespace tcpstep::exports
