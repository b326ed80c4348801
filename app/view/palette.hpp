#pragma once

#include <array>
#include <cstdint>

#include "model/tcp_state.hpp"

namespace tcpstep::view {

enum class Theme : std::uint8_t { Dark, Light };

/// What a colour means. The hues are Okabe and Ito's, which people with any colour vision can tell
/// apart, lightened for the dark theme and darkened for the light one until text in them has a
/// contrast of at least 4.5:1. Colour never carries a meaning alone.
enum class ColourRole : std::uint8_t {
    Background,    ///< behind everything
    Panel,         ///< of a panel, the top bar and the transport
    Control,       ///< of a button, a byte
    ControlHover,  ///< the same under the mouse
    Node,          ///< of a state that was never entered
    NodeVisited,   ///< of a state that was
    NowBand,       ///< behind the row of the current event
    Line,          ///< rules between parts, the empty part of the scrub bar
    Edge,          ///< of the diagram, and the ghost of the next segment
    Text,
    TextDim,
    OnAccent,  ///< text on Client, Server, Syn or Attention
    Client,
    Server,
    Syn,   ///< segments with SYN; also what is well
    Ack,   ///< bare acknowledgments
    Data,  ///< segments with payload
    Fin,
    Rst,        ///< segments with RST; also what went wrong
    Attention,  ///< blocked, held
    Here,       ///< fills only: where one is, what is selected
    AttentionBack,
    LiveBack,   ///< behind "live", in Syn
    PastBack,   ///< behind "looking at the past", in Text
    AlarmBack,  ///< behind failures and lost segments, in Text
};

inline constexpr std::size_t kColourRoles = static_cast<std::size_t>(ColourRole::AlarmBack) + 1;

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;
    bool operator==(const Rgb&) const = default;
};

Rgb colour(ColourRole role, Theme theme);

constexpr ColourRole role_colour(model::Role role) {
    return role == model::Role::Client ? ColourRole::Client : ColourRole::Server;
}

/// How much of ColourRole::Here is laid under selected words: they keep their contrast on it.
inline constexpr float kSelectedRow = 0.08F;

/// `top` over `ground`, of which 1 - `opacity` is still seen.
Rgb laid_over(Rgb top, Rgb ground, float opacity);

/// Contrast of two colours as WCAG 2.1 defines it: 1 to 21.
double contrast(Rgb a, Rgb b);

}  // namespace tcpstep::view
