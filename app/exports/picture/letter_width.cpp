#include "app/exports/picture/letter_width.hpp"

#include <array>

#include "app/view/columns.hpp"

namespace tcpstep::exports::picture {

using view::TextStyle;

namespace {

// Of a font's line, so much is its em square; in the window the fonts have it so.
constexpr float kEmSquare = 0.83F;

// Thousandths of an em, from the space to the tilde.
constexpr std::array<unsigned short, 95> kRegular = {
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361,  318, 337, 637, 637, 637,
    637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531, 1000, 685, 687, 699, 771, 632,
    576, 775, 752, 295, 295, 656, 558, 863, 749, 788, 604, 788, 695, 635,  611, 732, 685, 989, 686,
    611, 686, 391, 337, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353,  635, 634, 278, 278, 580,
    278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592,  525, 637, 337, 637, 838,
};
constexpr std::array<unsigned short, 95> kBold = {
    349,  457, 521, 838, 696, 1002, 873, 307,  458, 458, 523, 838, 380, 416,  380, 366,
    696,  696, 696, 696, 696, 696,  696, 696,  696, 696, 400, 400, 838, 838,  838, 581,
    1000, 774, 763, 734, 831, 684,  684, 821,  837, 373, 373, 775, 638, 996,  837, 851,
    733,  851, 771, 721, 683, 813,  774, 1104, 771, 725, 726, 458, 366, 458,  838, 500,
    500,  675, 716, 593, 716, 679,  436, 716,  712, 343, 343, 666, 343, 1042, 712, 688,
    716,  716, 494, 596, 479, 712,  652, 924,  646, 652, 583, 712, 366, 712,  838,
};
constexpr unsigned kMono = 603;
// Of the letters with accents, the arrows and the dots: no less than the widest that texts use.
constexpr unsigned kOther = 1000;

unsigned thousandths(char32_t code, TextStyle style) {
    if (view::is_wide(code)) return 1000;
    if (view::is_mono(style)) return kMono;
    if (code >= 0x20 && code < 0x7f) return (view::is_bold(style) ? kBold : kRegular)[code - 0x20];
    if (code == 0xb7) return 380;  // the dot between words
    return kOther;
}

}  // namespace

float font_size(TextStyle style, float em) {
    return em * view::scale_of(style) * kEmSquare;
}

view::Measure letter_measure(float em) {
    return [em](TextStyle style, std::string_view text) {
        unsigned width = 0;
        while (!text.empty()) {
            const view::CodePoint next = view::first_code_point(text);
            width += thousandths(next.code, style);
            text.remove_prefix(next.octets);
        }
        return static_cast<float>(width) / 1000 * font_size(style, em);
    };
}

}  // namespace tcpstep::exports::picture
