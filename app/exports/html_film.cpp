#include "app/exports/html_film.hpp"

#include <utility>

namespace tcpstep::exports {

std::size_t PieceStore::index_of(std::string svg) {
    const auto [found, is_new] = known_.try_emplace(std::move(svg), all_.size());
    if (is_new) all_.push_back(found->first);
    return found->second;
}

void Film::show(std::size_t step, std::size_t layer, std::string svg) {
    Layer& here = layers_[layer];
    const std::size_t piece = store_.index_of(std::move(svg));
    const auto [found, is_new] = here.place.try_emplace(piece, here.shown.size());
    if (is_new) here.shown.push_back({piece, {step, step}});
    std::vector<std::size_t>& spans = here.shown[found->second].spans;
    if (spans.back() + 1 >= step) {
        spans.back() = step;
    } else {
        spans.insert(spans.end(), {step, step});
    }
}

nlohmann::ordered_json Film::json() const {
    auto layers = nlohmann::ordered_json::array();
    for (const Layer& layer : layers_) {
        auto shown = nlohmann::ordered_json::array();
        for (const Shown& one : layer.shown) {
            auto entry = nlohmann::ordered_json::array({one.piece});
            for (const std::size_t step : one.spans) entry.push_back(step);
            shown.push_back(std::move(entry));
        }
        layers.push_back(std::move(shown));
    }
    return layers;
}

}  // namespace tcpstep::exports
