#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

namespace tcpstep::view {

/// What a piece of text is, not how it looks: the window chooses a font for each.
enum class TextStyle : std::uint8_t {
    Title,     ///< names of panels
    Flags,     ///< what an arrow carries: "SYN, ACK"
    Body,      ///< sentences
    Small,     ///< remarks, buttons
    Strong,    ///< Small, but bold: the lit state
    Label,     ///< headings within a panel, state names on lifelines
    Mono,      ///< calls, addresses, what the kernel says
    MonoSmall  ///< header bytes, numbers of a segment
};

inline constexpr std::array kTextStyles = {TextStyle::Title, TextStyle::Flags,    TextStyle::Body,
                                           TextStyle::Small, TextStyle::Strong,   TextStyle::Label,
                                           TextStyle::Mono,  TextStyle::MonoSmall};

/// Height of the style's letters as a multiple of the body text's.
constexpr float scale_of(TextStyle style) {
    switch (style) {
        case TextStyle::Title:
            return 1.2F;
        case TextStyle::Flags:
            return 1.04F;
        case TextStyle::Body:
            return 1.0F;
        case TextStyle::Small:
            return 0.86F;
        case TextStyle::Strong:
            return 0.86F;
        case TextStyle::Label:
            return 0.8F;
        case TextStyle::Mono:
            return 0.88F;
        case TextStyle::MonoSmall:
            return 0.83F;
    }
    return 1.0F;
}

/// Its letters are heavy.
constexpr bool is_bold(TextStyle style) {
    return style == TextStyle::Title || style == TextStyle::Flags || style == TextStyle::Strong ||
           style == TextStyle::Label;
}

/// Its letters are all as wide.
constexpr bool is_mono(TextStyle style) {
    return style == TextStyle::Mono || style == TextStyle::MonoSmall;
}

/// Width in abstract pixels of a text set in a style. Layout asks it so that texts never overlap;
/// tests give a ruler of their own.
using Measure = std::function<float(TextStyle, std::string_view)>;

}  // namespace tcpstep::view
