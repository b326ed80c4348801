#include "app/exports/picture/svg_canvas.hpp"

#include <cmath>
#include <ostream>

#include <fmt/format.h>

#include "app/exports/picture/letter_width.hpp"
#include "app/view/columns.hpp"

namespace tcpstep::exports::picture {

using view::ColourRole;
using view::Point;
using view::Rect;

namespace {

// XML 1.0, 2.2
bool xml_allows(char32_t code) {
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    return !(code >= 0xd800 && code < 0xe000) && code != 0xfffe && code != 0xffff &&
           code <= 0x10ffff;
}

std::string opacity_of(std::string_view what, float opacity) {
    return opacity >= 1 ? "" : fmt::format(" {}=\"{}\"", what, svg_number(opacity));
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const view::CodePoint next = view::first_code_point(text);
        const std::string_view octets = text.substr(0, next.octets);
        text.remove_prefix(next.octets);
        // A byte that begins no character comes as one by itself.
        const bool stray = next.octets == 1 && next.code >= 0x80;
        if (stray || !xml_allows(next.code)) {
            out += "\xef\xbf\xbd";
        } else if (next.code == '&') {
            out += "&amp;";
        } else if (next.code == '<') {
            out += "&lt;";
        } else if (next.code == '>') {
            out += "&gt;";
        } else if (next.code == '"') {
            out += "&quot;";
        } else {
            out += octets;
        }
    }
    return out;
}

std::string svg_number(float value) {
    std::string text = fmt::format("{:.2f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string SvgCanvas::ink(ColourRole role) const {
    if (!theme_) return fmt::format("var(--c{})", static_cast<unsigned>(role));
    const view::Rgb c = view::colour(role, *theme_);
    return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

void SvgCanvas::open_group(std::string_view attributes) const {
    out_ << "<g" << (attributes.empty() ? "" : " ") << attributes << ">\n";
}

void SvgCanvas::close_group() const {
    out_ << "</g>\n";
}

void SvgCanvas::title(std::string_view text) const {
    out_ << "<title>" << xml_text(text) << "</title>\n";
}

void SvgCanvas::fill(const Rect& box, ColourRole role, float rounding, float opacity) const {
    out_ << fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", svg_number(box.x),
                        svg_number(box.y), svg_number(box.w), svg_number(box.h));
    if (rounding > 0) out_ << fmt::format(" rx=\"{}\"", svg_number(rounding));
    out_ << fmt::format(" fill=\"{}\"{}/>\n", ink(role), opacity_of("fill-opacity", opacity));
}

void SvgCanvas::fill_with(const Rect& box, std::string_view pattern, float rounding) const {
    out_ << fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"url(#{})\"/>\n",
        svg_number(box.x), svg_number(box.y), svg_number(box.w), svg_number(box.h),
        svg_number(rounding), pattern);
}

void SvgCanvas::outline(const Rect& box, ColourRole role, float rounding, float thickness) const {
    out_ << fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"none\" stroke=\"{}\" "
        "stroke-width=\"{}\"/>\n",
        svg_number(box.x), svg_number(box.y), svg_number(box.w), svg_number(box.h),
        svg_number(rounding), ink(role), svg_number(thickness));
}

void SvgCanvas::line(Point a, Point b, ColourRole role, float thickness, float opacity) const {
    dashes(a, b, role, thickness, 0, 0, opacity);
}

void SvgCanvas::dashes(Point a, Point b, ColourRole role, float thickness, float on, float off,
                       float opacity) const {
    out_ << fmt::format(
        "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"",
        svg_number(a.x), svg_number(a.y), svg_number(b.x), svg_number(b.y), ink(role),
        svg_number(thickness));
    if (off > 0)
        out_ << fmt::format(" stroke-dasharray=\"{} {}\"", svg_number(on), svg_number(off));
    out_ << opacity_of("stroke-opacity", opacity) << "/>\n";
}

void SvgCanvas::disc(Point centre, float radius, ColourRole role) const {
    out_ << fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>\n",
                        svg_number(centre.x), svg_number(centre.y), svg_number(radius), ink(role));
}

void SvgCanvas::head(Point from, Point tip, float size, ColourRole role) const {
    const float length = std::hypot(tip.x - from.x, tip.y - from.y);
    if (length <= 0) return;
    const Point d = {(tip.x - from.x) / length * size, (tip.y - from.y) / length * size};
    const Point base = {tip.x - d.x, tip.y - d.y};
    out_ << fmt::format("<path d=\"M{} {}L{} {}L{} {}Z\" fill=\"{}\"/>\n", svg_number(tip.x),
                        svg_number(tip.y), svg_number(base.x - d.y / 2),
                        svg_number(base.y + d.x / 2), svg_number(base.x + d.y / 2),
                        svg_number(base.y - d.x / 2), ink(role));
}

void SvgCanvas::cross(Point at, float size, ColourRole role, float thickness) const {
    out_ << fmt::format(
        "<path d=\"M{} {}L{} {}M{} {}L{} {}\" stroke=\"{}\" stroke-width=\"{}\"/>\n",
        svg_number(at.x - size), svg_number(at.y - size), svg_number(at.x + size),
        svg_number(at.y + size), svg_number(at.x - size), svg_number(at.y + size),
        svg_number(at.x + size), svg_number(at.y - size), ink(role), svg_number(thickness));
}

void SvgCanvas::text(const Rect& box, view::TextStyle style, ColourRole role,
                     std::string_view words, bool centred, float squeeze) const {
    const float size = font_size(style, em_) * squeeze;
    // Half of a capital letter's height below the middle; "dominant-baseline" is not known to all.
    const float baseline = box.centre().y + 0.36F * size;
    out_ << fmt::format("<text x=\"{}\" y=\"{}\"", svg_number(centred ? box.centre().x : box.x),
                        svg_number(baseline));
    if (centred) out_ << " text-anchor=\"middle\"";
    if (view::is_mono(style)) out_ << " font-family=\"monospace\"";
    if (view::is_bold(style)) out_ << " font-weight=\"bold\"";
    out_ << fmt::format(" font-size=\"{}\" fill=\"{}\">{}</text>\n", svg_number(size), ink(role),
                        xml_text(words));
}

}  // namespace tcpstep::exports::picture
