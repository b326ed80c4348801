#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

namespace tcpstep::exports::html {

/// The pieces of all pictures of a page, each kept once, however many pictures show it. Most differ
/// only in numbers, so what is alike is kept once, too: a piece is the number of its template and
/// then, each behind a space, what stands in the template's gaps.
class PieceStore {
  public:
    std::size_t index_of(const std::string& svg);
    /// Gives all of them away: strings.
    nlohmann::ordered_json take() { return std::move(pieces_.all); }
    /// And what they are made of: SVG, with kGap where a number goes.
    nlohmann::ordered_json take_templates() { return std::move(templates_.all); }

    static constexpr char kGap = '\x01';  // XML cannot have it

  private:
    struct Kept {
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        std::unordered_map<std::string, std::size_t> known;
        std::size_t index_of(std::string text);
    };
    Kept pieces_, templates_;
};

/// How far down a picture something reaches, in its pixels.
struct Reach {
    float top = 0, bottom = 0;
};

/// A picture that changes from step to step: which pieces it has, and at which steps each is in it.
/// So a browser shows exactly what was laid out here for a step, and computes nothing.
class Film {
  public:
    Film(PieceStore& store, std::size_t layers) : store_(store), layers_(layers) {}

    /// At `step` the picture has that piece; steps come in ascending order.
    void show(std::size_t step, std::size_t layer, Reach reach, const std::string& svg);

    /// What was shown at `step` and ends above `line` stays from then on, without being shown
    /// again. A later line is never above an earlier one.
    void settle(std::size_t step, float line);

    /// A list of layers, from the ground up, each a list of [piece, top, bottom, from, to, from,
    /// to ...]: steps, both included; those that stay are there to `last`.
    nlohmann::ordered_json json(std::size_t last) const;

  private:
    static constexpr std::size_t kStays = std::numeric_limits<std::size_t>::max();
    struct Shown {
        std::size_t piece;
        Reach reach;
        std::vector<std::size_t> spans;
    };
    struct Layer {
        std::vector<Shown> shown;  // in the order of their first step
        std::unordered_map<std::size_t, std::size_t> place;
        std::vector<std::size_t> fresh;  // shown since the last line was drawn, and not settled
    };

    PieceStore& store_;
    std::vector<Layer> layers_;
};

}  // namespace tcpstep::exports::html
