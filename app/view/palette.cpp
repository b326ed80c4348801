#include "app/view/palette.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tcpstep::view {

namespace {

struct Shades {
    std::uint32_t dark;
    std::uint32_t light;
};

// In the order of ColourRole.
constexpr std::array<Shades, kColourRoles> kShades = {{
    {0x0e1320, 0xe6ebf3},  // Background
    {0x161d2d, 0xffffff},  // Panel
    {0x1f2940, 0xe8edf6},  // Control
    {0x2c3a5a, 0xd5deed},  // ControlHover
    {0x1a2236, 0xf3f6fb},  // Node
    {0x22304a, 0xe1eaf6},  // NodeVisited
    {0x1d273c, 0xf0f4fb},  // NowBand
    {0x2a3450, 0xd0d9e7},  // Line
    {0x5b6b97, 0x8090ad},  // Edge
    {0xe6ebf5, 0x141b2b},  // Text
    {0x9aa6c0, 0x53607a},  // TextDim
    {0x0b1020, 0xffffff},  // OnAccent
    {0x56b4e9, 0x0068a3},  // Client: sky blue; blue
    {0xe69f00, 0x945500},  // Server: orange
    {0x35c9a0, 0x00705a},  // Syn: bluish green
    {0x9fb0d0, 0x4a5a7c},  // Ack: grey
    {0xe6ebf5, 0x141b2b},  // Data: as text
    {0xe58abb, 0xa03a78},  // Fin: reddish purple
    {0xf5803e, 0xb03c00},  // Rst: vermillion
    {0xf0e442, 0x746100},  // Attention: yellow
    {0xf0e442, 0xe69f00},  // Here: yellow; orange
    {0x3a3613, 0xfbf3c4},  // AttentionBack
    {0x12352d, 0xd9f3ea},  // LiveBack
    {0x17395a, 0xcfe6f7},  // PastBack
    {0x5b230c, 0xffdccb},  // AlarmBack
}};

// Relative luminance (WCAG 2.1).
double luminance(Rgb colour) {
    const auto linear = [](std::uint8_t channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

}  // namespace

Rgb colour(ColourRole role, Theme theme) {
    const Shades& shades = kShades[static_cast<std::size_t>(role)];
    const std::uint32_t hex = theme == Theme::Dark ? shades.dark : shades.light;
    return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
            static_cast<std::uint8_t>(hex)};
}

Rgb laid_over(Rgb top, Rgb ground, float opacity) {
    const auto mix = [opacity](std::uint8_t a, std::uint8_t b) {
        const float mixed = opacity * static_cast<float>(a) + (1 - opacity) * static_cast<float>(b);
        return static_cast<std::uint8_t>(std::lround(mixed));
    };
    return {mix(top.r, ground.r), mix(top.g, ground.g), mix(top.b, ground.b)};
}

double contrast(Rgb a, Rgb b) {
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace tcpstep::view
