#include "app/exports/html/film.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tcpstep::exports::html {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Of names such as "x1" and "--c10" the digits are a part; of "0.5" the point is.
bool is_in_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '#' || static_cast<unsigned char>(c) >= 0x80;
}

// One past the number that begins at `at`; `at` if none does.
std::size_t end_of_number(const std::string& text, std::size_t at) {
    if (!is_digit(text[at]) || (at > 0 && is_in_word(text[at - 1]))) return at;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
        ++end;
        while (end < text.size() && is_digit(text[end])) ++end;
    }
    return end;
}

}  // namespace

std::size_t PieceStore::Kept::index_of(std::string text) {
    const auto [found, is_new] = known.try_emplace(std::move(text), all.size());
    if (is_new) all.push_back(found->first);
    return found->second;
}

std::size_t PieceStore::index_of(const std::string& svg) {
    std::string alike;
    std::string numbers;
    for (std::size_t at = 0; at < svg.size();) {
        const std::size_t end = end_of_number(svg, at);
        if (end == at) {
            alike += svg[at++];
            continue;
        }
        alike += kGap;
        numbers += ' ';
        numbers.append(svg, at, end - at);
        at = end;
    }
    return pieces_.index_of(std::to_string(templates_.index_of(std::move(alike))) + numbers);
}

void Film::show(std::size_t step, std::size_t layer, Reach reach, const std::string& svg) {
    Layer& here = layers_[layer];
    const std::size_t piece = store_.index_of(svg);
    const auto [found, is_new] = here.place.try_emplace(piece, here.shown.size());
    if (is_new) here.shown.push_back({piece, reach, {step, step}});
    std::vector<std::size_t>& spans = here.shown[found->second].spans;
    if (spans.back() == kStays) return;
    if (is_new || spans.back() < step) here.fresh.push_back(found->second);
    if (spans.back() + 1 >= step) {
        spans.back() = step;
    } else {
        spans.insert(spans.end(), {step, step});
    }
}

void Film::settle(std::size_t step, float line) {
    for (Layer& layer : layers_) {
        for (const std::size_t i : layer.fresh) {
            Shown& one = layer.shown[i];
            if (one.spans.back() == step && one.reach.bottom <= line) one.spans.back() = kStays;
        }
        // The others are shown again in the next step, if they are still there.
        layer.fresh.clear();
    }
}

nlohmann::ordered_json Film::json(std::size_t last) const {
    auto layers = nlohmann::ordered_json::array();
    for (const Layer& layer : layers_) {
        auto shown = nlohmann::ordered_json::array();
        for (const Shown& one : layer.shown) {
            auto entry =
                nlohmann::ordered_json::array({one.piece, std::lround(std::floor(one.reach.top)),
                                               std::lround(std::ceil(one.reach.bottom))});
            for (const std::size_t step : one.spans) entry.push_back(std::min(step, last));
            shown.push_back(std::move(entry));
        }
        layers.push_back(std::move(shown));
    }
    return layers;
}

}  // namespace tcpstep::exports::html
