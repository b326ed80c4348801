#include <array>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <glib.h>

#include "app/exports/html/data.hpp"
#include "app/exports/html/files.hpp"
#include "app/exports/picture/svg_canvas.hpp"
#include "app/exports/picture/svg_ladder.hpp"
#include "app/exports/writers.hpp"
#include "app/strings/in_language.hpp"
#include "app/strings/locale.hpp"
#include "app/view/palette.hpp"
#include "model/tracked_states.hpp"

namespace tcpstep::exports::html {

namespace {

using Json = nlohmann::ordered_json;
using strings::Language;
using view::Theme;

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

// Character data that a script turns back, octet for octet: see traceText() in
// assets/page/player/page.js.
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
    picture::define_hatches(picture::SvgCanvas(out, std::nullopt, 18));
    return out.str();
}

// A capture's segments of those connections, which are as data.hpp has them.
model::Trace part_of(const model::Trace& whole, const Json& connections) {
    std::vector<std::optional<model::ConnectionIndex>> wanted(whole.connections().size());
    model::Trace part;
    part.title = whole.title;
    part.description = whole.description;
    part.epoch = whole.zero();
    for (const Json& one : connections) {
        const std::size_t index = one.value("number", std::size_t{1}) - 1;
        wanted[index] = part.intern(whole.connections()[index]);
    }
    for (model::Event event : whole.events()) {
        if (event.connection && !wanted[*event.connection]) continue;
        if (event.connection) event.connection = wanted[*event.connection];
        part.append(std::move(event));
    }
    return part;
}

// Writes page.html with what its marks, "{{name}}", stand for.
class PageWriter {
  public:
    PageWriter(const Subject& subject, const Json& data, std::ostream& out)
        : subject_(subject),
          data_(data),
          title_(data["titles"][std::string(strings::code(strings::language()))]),
          out_(out),
          style_(colours()) {
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
        if (mark == "title") out_ << picture::xml_text(title_);
        if (mark == "language") out_ << (is_chinese() ? "zh-Hans" : "en");
        if (mark == "theme") out_ << (subject_.options.theme == Theme::Dark ? "dark" : "light");
        if (mark == "no-script")
            out_ << picture::xml_text(strings::text(strings::Text::PageNoScript));
        if (mark == "style-hash") out_ << hash_of(style_);
        if (mark == "script-hash") out_ << hash_of(kPageScript);
        if (mark == "style") out_ << style_;
        if (mark == "script") out_ << kPageScript;
        if (mark == "hatches") out_ << hatches();
        if (mark == "data") out_ << json_text(data_);
        if (mark != "trace") return {};
        EscapingBuffer escaping(out_);
        std::ostream trace(&escaping);
        if (is_whole()) return write_qlog(subject_, trace);
        return write_qlog({part_of(subject_.trace, data_["connections"])}, trace);
    }
    // A long capture's other connections would be most of the page. What else is left out of a
    // trace would leave what refers to it without sense.
    bool is_whole() const {
        const bool part = subject_.options.from_step || subject_.options.to_step;
        return part || data_["connections"].size() >= subject_.trace.connections().size() ||
               !model::is_capture(subject_.trace) || subject_.trace.unknown.count() > 0;
    }
    static bool is_chinese() { return strings::language() == Language::Chinese; }

    const Subject& subject_;
    const Json& data_;
    std::string title_;
    std::ostream& out_;
    std::string style_;
};

}  // namespace

Result<void> write_html(const Subject& subject, std::ostream& out) {
    const auto data = page_data(subject);
    if (!data) return tl::make_unexpected(data.error());
    return PageWriter(subject, *data, out).write();
}

}  // namespace tcpstep::exports::html
