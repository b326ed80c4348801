#include <limits>
#include <ostream>

#include <fmt/format.h>

#include "app/exports/picture/ladder_page.hpp"
#include "app/exports/picture/svg_canvas.hpp"
#include "app/exports/picture/svg_ladder.hpp"
#include "app/exports/writers.hpp"

namespace tcpstep::exports::picture {

using view::ColourRole;
using view::Point;
using view::Rect;

namespace {

std::string_view language_tag() {
    return strings::language() == strings::Language::Chinese ? "zh-Hans" : "en";
}

void begin(const SvgCanvas& c, const Page& page) {
    c.out() << fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\" font-family=\"sans-serif\" xml:lang=\"{2}\" lang=\"{2}\" "
        "role=\"img\" aria-labelledby=\"title description\" xml:space=\"preserve\">\n"
        "<title id=\"title\">{3}</title>\n<desc id=\"description\">{4}</desc>\n<defs>\n",
        svg_number(page.width), svg_number(page.height), language_tag(), xml_text(page.title),
        xml_text(page.description));
    define_hatches(c);
    c.out() << fmt::format(
        "<clipPath id=\"ladder\"><rect x=\"0\" y=\"0\" width=\"{}\" height=\"{}\"/></clipPath>\n"
        "</defs>\n",
        svg_number(page.area.w), svg_number(page.area.h));
}

// A tick, a cross, a ring: shapes, for not every font has such letters.
void paint_mark(const SvgCanvas& c, const PageText& line) {
    const Point at = {line.box.x - 0.7F * c.em(), line.box.centre().y};
    const float r = 0.28F * c.em();
    switch (line.mark) {
        case PageText::Mark::None:
            return;
        case PageText::Mark::Holds:
            c.line({at.x - r, at.y}, {at.x - 0.25F * r, at.y + 0.7F * r}, ColourRole::Syn, 2);
            c.line({at.x - 0.25F * r, at.y + 0.7F * r}, {at.x + r, at.y - 0.8F * r},
                   ColourRole::Syn, 2);
            return;
        case PageText::Mark::DoesNotHold:
            return c.cross(at, 0.8F * r, ColourRole::Rst, 2);
        case PageText::Mark::Open:
            return c.outline({at.x - r, at.y - r, 2 * r, 2 * r}, ColourRole::TextDim, r, 1.3F);
    }
}

std::string_view mark_word(PageText::Mark mark) {
    using strings::Text;
    switch (mark) {
        case PageText::Mark::None:
            return {};
        case PageText::Mark::Holds:
            return strings::text(Text::ClaimHolds);
        case PageText::Mark::DoesNotHold:
            return strings::text(Text::ClaimDoesNotHold);
        case PageText::Mark::Open:
            break;
    }
    return strings::text(Text::ClaimOpen);
}

}  // namespace

Result<void> write_svg(const Subject& subject, std::ostream& out) {
    return write_picture(subject, out, std::numeric_limits<double>::infinity());
}

Result<void> write_picture(const Subject& subject, std::ostream& out, double most) {
    const auto timeline = timeline_of(subject);
    if (!timeline) return tl::make_unexpected(timeline.error());
    const auto page = lay_out_page(*timeline, subject.options, most);
    if (!page) return tl::make_unexpected(page.error());
    const SvgCanvas c(out, subject.options.theme, Page::kEm);
    begin(c, *page);
    c.fill({0, 0, page->width, page->height}, ColourRole::Panel);
    c.open_group(fmt::format("transform=\"translate({} {})\" clip-path=\"url(#ladder)\"",
                             svg_number(page->area.x), svg_number(page->area.y)));
    paint_ladder(c, *page);
    c.close_group();
    for (const PageText& line : page->texts) {
        if (line.mark != PageText::Mark::None) {
            c.open_group("class=\"claim\"");
            c.title(mark_word(line.mark));
            paint_mark(c, line);
            c.close_group();
        }
        if (line.pill) {
            c.fill(line.box, ColourRole::Background, line.box.h / 2);
            c.outline(line.box, line.colour, line.box.h / 2, 1.3F);
        }
        c.text(line.box, line.style, line.colour, line.text, line.centred);
    }
    out << "</svg>\n";
    return {};
}

}  // namespace tcpstep::exports::picture
