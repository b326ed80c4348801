#include "app/exports/html/film.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tcpstep::exports::html {

std::size_t PieceStore::index_of(std::string svg) {
    const auto [found, is_new] = known_.try_emplace(std::move(svg), all_.size());
    if (is_new) all_.push_back(found->first);
    return found->second;
}

void Film::show(std::size_t step, std::size_t layer, Reach reach, std::string svg) {
    Layer& here = layers_[layer];
    const std::size_t piece = store_.index_of(std::move(svg));
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
